# Clipia in a container: the server, its console and its command. Build it with: docker build -t clipia .
FROM node:24-bookworm-slim AS build
WORKDIR /clipia
COPY . .
# Development packages build the console; what runs needs none of them.
RUN npm ci --no-audit --no-fund && npm prune --omit=dev --ignore-scripts --no-audit --no-fund

FROM node:24-bookworm-slim
WORKDIR /clipia
COPY --from=build --chown=node:node /clipia /clipia
RUN mkdir /data && chown node:node /data
USER node
ENV CLIPIA_HOST=0.0.0.0 CLIPIA_DATA_DIR=/data NODE_ENV=production
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.CLIPIA_PORT || 3000) + '/readyz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# The program itself, so that it gets the signals: SIGTERM drains.
CMD ["node", "packages/cli/bin/clipia.mjs", "serve"]
