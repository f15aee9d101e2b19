// A small database: SQLite behind HTTP, one writer, and every entry is on the disk before it is acknowledged.
//   node ledger.js                     serves
//   node ledger.js add TEXT            adds an entry; so long as the ledger is frozen it waits
//   node ledger.js list | count        reads
//   node ledger.js freeze | thaw       lets no write begin, with all of them in the one file; lets them go on
const { createServer } = require('node:http');

const PORT = 8080;
const FILE = process.env.LEDGER_FILE ?? '/data/ledger.db';

async function ask(call, text) {
  const answer = await fetch(`http://127.0.0.1:${PORT}/${call}`, { method: 'POST', body: text });
  console.log(await answer.text());
  process.exitCode = answer.ok ? 0 : 1;
}

function serve() {
  const { DatabaseSync } = require('node:sqlite');
  const database = new DatabaseSync(FILE);
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE IF NOT EXISTS entry (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT');
  const insert = database.prepare('INSERT INTO entry (text) VALUES (?)');
  const count = () => database.prepare('SELECT count(*) AS entries FROM entry').get().entries;
  let frozen;

  const calls = {
    async add(text) {
      while (frozen) {
        await frozen.promise;
      }
      return insert.run(text).lastInsertRowid;
    },
    async list() {
      return database.prepare('SELECT id, text FROM entry ORDER BY id').all().map(({ id, text }) => `${id} ${text}`).join('\n');
    },
    async count() {
      return count();
    },
    async freeze() {
      frozen ??= Promise.withResolvers();
      // What the log of the database still holds goes into its file, and to the disk: what is copied now is whole.
      if (database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get().busy) {
        throw new Error('somebody reads: the log is not empty');
      }
      return say(`frozen with ${count()} entries`);
    },
    async thaw() {
      frozen?.resolve();
      frozen = undefined;
      return say('thawed');
    },
  };
  const say = what => {
    console.log(`${new Date().toISOString()} ${what}`);
    return what;
  };

  const server = createServer(async (request, response) => {
    let text = '';
    for await (const part of request.setEncoding('utf8')) {
      text += part;
    }
    try {
      const call = calls[request.url.slice(1)];
      response.writeHead(call ? 200 : 404).end(call ? `${await call(text)}` : `there is no ${request.url}`);
    } catch (error) {
      response.writeHead(500).end(error.message);
    }
  });
  server.listen(PORT, () => say(`${FILE} with ${count()} entries`));
  process.on('SIGTERM', () => process.exit(0));
}

const [call, text] = process.argv.slice(2);
if (call) {
  ask(call, text);
} else {
  serve();
}
