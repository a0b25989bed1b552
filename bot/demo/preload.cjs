// Loaded into each Playground before it starts (node --require), for three things that it does not do by itself.
const { Server } = require("node:net");
const http = require("node:http");

// It listens on every address of the machine; a bot that takes anybody's word may be reached from this machine only.
const listen = Server.prototype.listen;
Server.prototype.listen = function (port, ...rest) {
  if (typeof port !== "number") return listen.call(this, port, ...rest);
  return listen.call(this, { port, host: "127.0.0.1" }, ...rest.filter((each) => typeof each === "function"));
};

// It hands a page what came while none was open before the page knows its own chats, and the page breaks on that.
const emit = http.Server.prototype.emit;
http.Server.prototype.emit = function (event, ...given) {
  if (event !== "upgrade" || !given[0].url.startsWith("/_ws_conversation/")) return emit.call(this, event, ...given);
  setTimeout(() => emit.call(this, event, ...given), 1000);
  return true;
};

// It goes on when the demo is gone, however that went; the demo holds the other end of its standard input.
process.stdin.on("end", () => process.exit(0)).on("error", () => process.exit(0));
process.stdin.resume();
