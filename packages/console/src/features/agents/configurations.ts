/** How an agent's program learns of this server. */
export interface Configuration {
  /** The program, by its own name. */
  name: string
  /** The file it goes into; null for a command. */
  file: string | null
  /** What to paste. Where the program can, the key is read from the environment or asked for. */
  write(origin: string): string
}

/** The programs and what each is given, as in docs/agents/README.md. */
export const CONFIGURATIONS: Readonly<Record<'claude' | 'cursor' | 'vscode' | 'stdio', Configuration>> = {
  claude: {
    name: 'Claude Code',
    file: null,
    // In single quotes: the variable goes into .mcp.json, not the key.
    write: (origin) =>
      `claude mcp add --transport http --scope project clipia ${origin}/mcp --header 'Authorization: Bearer \${CLIPIA_KEY}'`,
  },
  cursor: {
    name: 'Cursor',
    file: '~/.cursor/mcp.json',
    write: (origin) => `{
  "mcpServers": {
    "clipia": { "url": "${origin}/mcp", "headers": { "Authorization": "Bearer \${env:CLIPIA_KEY}" } }
  }
}`,
  },
  vscode: {
    name: 'VS Code',
    file: '.vscode/mcp.json',
    write: (origin) => `{
  "inputs": [{ "type": "promptString", "id": "clipia-key", "description": "Clipia API key", "password": true }],
  "servers": {
    "clipia": {
      "type": "http",
      "url": "${origin}/mcp",
      "headers": { "Authorization": "Bearer \${input:clipia-key}" }
    }
  }
}`,
  },
  stdio: {
    name: 'stdio',
    file: null,
    write: (origin) => `{
  "mcpServers": {
    "clipia": {
      "command": "clipia",
      "args": ["mcp"],
      "env": { "CLIPIA_KEY": "clipia_test_...", "CLIPIA_BASE_URL": "${origin}" }
    }
  }
}`,
  },
}
