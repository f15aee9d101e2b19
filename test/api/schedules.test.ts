import { Schedule } from '../../src';
import { kubectl, proxy } from '../kubectl';
import { code } from '../support';

// What Schedule takes is what a real API server takes as schedule and time zone of a CronJob; no more, and no less but for what is named here.

jest.setTimeout(120_000);

const EXPRESSIONS = [
  '* * * * *', '0 2 * * *', '*/5 * * * *', '1-59/2 * * * *', '5/15 * * * *', '0,30 8-18 * * 1-5', '0 2 * * MON-FRI', '0 2 * JAN,jul Sun', '0 2 ? * *', '0 2 1 * ?', '0 0 29 2 *',
  '@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly', ' 0 2 * * * ', '0  2 * * *', '00 02 * * *', '0 2 * * 0-6', '*/90 * * * *', '?/5 * * * *', '0 0-0 * * *',
  '', ' ', '0 2 * *', '0 2 * * * *', '60 * * * *', '* 24 * * *', '* * 0 * *', '* * 32 * *', '* * * 0 *', '* * * 13 *', '* * * * 7', '* * * * 8', '*/0 * * * *', '*/x * * * *', '5-1 * * * *',
  '-1 * * * *', '1- * * * *', '1-2-3 * * * *', '1/2/3 * * * *', 'a * * * *', '@never', '@Daily', '@daily ', ' @daily', '0 2 * * MONDAY', '0 2 * JANUARY *', '0 2 L * *', '0 2 * * 1#2', '0 2 1W * *',
  '1.5 * * * *', '0x5 * * * *', '\t0 2 * * *', '0\t2 * * *', '0\n2 * * *', '@reboot', 'TZ=Europe/Berlin 0 2 * * *', 'CRON_TZ=Europe/Berlin 0 2 * * *', '* * * * * # comment',
];

/** What the server takes and Schedule does not, on purpose. */
const LEFT_OUT: Record<string, string> = {
  '@every 1h': 'it counts from when the controller started',
  '0 0 30 2 *': 'no year has such a day, so it never fires',
  '1,,2 * * * *': 'a part of a list is empty',
  ',1 * * * *': 'a part of a list is empty',
  '1, * * * *': 'a part of a list is empty',
  '*-5 * * * *': 'the end of that range means nothing',
  '+5 * * * *': 'it is no number of cron',
};
const ZONES_LEFT_OUT = ['posix/Europe/Berlin', 'posixrules', 'localtime', 'Factory']; // files beside those of the zones

const ZONES = [
  'Etc/UTC', 'UTC', 'Europe/Berlin', 'Asia/Shanghai', 'America/Argentina/Buenos_Aires', 'America/Port-au-Prince', 'Etc/GMT+5', 'GMT', 'CET', 'EST5EDT', 'Zulu', 'GMT0', 'US/Eastern', 'US/EASTERN', 'PRC', 'Prc', 'Australia/NSW', 'Etc/GMT-14', 'Etc/gmt', 'NZ-CHAT', 'Singapore', 'SINGAPORE', 'W-SU', 'America/Indiana/Tell_City', 'America/Indiana/TELL_CITY',
  '', ' ', 'Local', 'local', 'utc', 'europe/berlin', 'EUROPE/BERLIN', 'Europe/berlin', 'Europe/Bonn', 'Berlin', '+02:00', 'UTC+2', 'GMT+2', '../etc/passwd', 'Europe/../UTC', '/Europe/Berlin', 'Europe/', 'Europe',
  'Europe/Berlin ', 'CEST', 'America/New York', 'SystemV/EST5', 'Etc/Unknown', 'zone.tab',
];

let server: { readonly url: string; close(): void };

beforeAll(async () => {
  kubectl('get', '--raw', '/readyz');
  server = await proxy();
});

afterAll(() => server.close());

async function isTaken(schedule: string, timeZone = 'Etc/UTC'): Promise<boolean> {
  const containers = [{ name: 'a', image: 'busybox:1.36' }];
  const response = await fetch(`${server.url}/apis/batch/v1/namespaces/default/cronjobs?dryRun=All&fieldValidation=Strict`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'probe' }, spec: { schedule, timeZone, jobTemplate: { spec: { template: { spec: { containers, restartPolicy: 'Never' } } } } },
    }),
  });
  const { message = '' } = await response.json() as { message?: string };
  if (!response.ok && !/spec\.(schedule|timeZone)/.test(message)) {
    throw new Error(message);
  }
  return response.ok;
}

const isOurs = (expression: string, timeZone?: string) => code(() => Schedule.cron(expression, { timeZone })) === undefined;

test.each(EXPRESSIONS.map(expression => [expression]))('the schedule %j is taken by both or neither', async expression => {
  expect(isOurs(expression)).toBe(await isTaken(expression));
});

test.each(Object.entries(LEFT_OUT))('the schedule %j is left out: %s', async expression => {
  expect([await isTaken(expression), isOurs(expression)]).toEqual([true, false]);
});

test.each(ZONES.map(zone => [zone]))('the time zone %j is taken by both or neither', async zone => {
  expect(isOurs('0 2 * * *', zone)).toBe(await isTaken('0 2 * * *', zone));
});

test.each(ZONES_LEFT_OUT)('the time zone %j is left out', async zone => {
  expect([await isTaken('0 2 * * *', zone), isOurs('0 2 * * *', zone)]).toEqual([true, false]);
});

test('every time zone that Node.js knows is taken by both', async () => {
  const refused: string[] = [];
  for (const zone of Intl.supportedValuesOf('timeZone')) {
    if (!isOurs('0 2 * * *', zone) || !await isTaken('0 2 * * *', zone)) {
      refused.push(zone);
    }
  }
  expect(refused).toEqual([]);
});
