// A server with Node's own OpenSSL, which has post-quantum groups and signatures: node node_server.js JSON, where JSON
// is an object of options for tls.createServer; cert and key are paths of PEM files, or lists of them. It prints
// "port N" and ends when its standard input closes.
'use strict';
const fs = require('fs');
const tls = require('tls');

const read = (paths) => [].concat(paths ?? []).map((path) => fs.readFileSync(path));
const options = JSON.parse(process.argv[2]);
const server = tls.createServer({...options, cert: read(options.cert), key: read(options.key)}, (connection) => {
  connection.on('error', () => {});  // the client went away, which is its right
  connection.on('data', () => connection.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n'));
});
server.on('tlsClientError', () => {});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
process.stdin.on('end', () => process.exit(0)).resume();
