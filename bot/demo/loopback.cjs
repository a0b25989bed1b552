// Loaded into each Playground before it starts. A Playground listens on every address of the machine and goes on
// when the terminal that started it is gone; with these lines it is reached from this machine only, and it ends with
// the demo, whichever way that ends: the demo holds the other end of its standard input.
const { Server } = require("node:net");

const listen = Server.prototype.listen;
Server.prototype.listen = function (port, ...rest) {
  if (typeof port !== "number") return listen.call(this, port, ...rest);
  return listen.call(this, { port, host: "127.0.0.1" }, ...rest.filter((each) => typeof each === "function"));
};

process.stdin.on("end", () => process.exit(0)).on("error", () => process.exit(0));
process.stdin.resume();
