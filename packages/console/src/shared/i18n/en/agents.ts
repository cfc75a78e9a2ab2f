/** The agents section, in English. */
export const AGENTS_EN = {
  'agents.lead':
    'Agents use the models here as tools, by the Model Context Protocol. The same call is never charged twice.',
  'agents.key': '1. Give it a key of its own',
  'agents.keyHint':
    'Begin with a test key: the whole flow works and costs nothing. For a live one set a budget, and a price above which it must ask first; both can be changed later. What it does is then counted by itself, and revoking it stops nothing else.',
  'agents.toKeys': 'Create a key',
  'agents.environment': 'In the environment the program starts in',
  'agents.paste': '2. Tell your program where this server is',
  'agents.client': 'Program',
  'agents.stdioHint': 'For a program that starts its servers itself: the command hands everything to this server.',
  'agents.terminal': 'Terminal',
  'agents.anyFile': 'Its file of MCP servers',
  'agents.try': '3. Try it',
  'agents.tryHint':
    'It finds models, asks for the price, makes, waits and cancels. It may also read the catalogue, your recent generations and the guides, and has prompts for a storyboard and for product photos.',
  'agents.say': 'Say',
  'agents.prompt': 'Ask Clipia what a picture of a lighthouse above the clouds costs, then make it and show me.',
  'agents.guide': 'All tools, and how spending is bounded',
} as const
