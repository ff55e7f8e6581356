// Reads the mails that Foyer writes: quoted-printable and encoded words undone.
const quotedPrintable = (text) =>
  Buffer.from(
    text.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16))),
    'latin1',
  ).toString('utf8');

const encodedWords = (text) =>
  text
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, kind, body) =>
      kind.toLowerCase() === 'b'
        ? Buffer.from(body, 'base64').toString('utf8')
        : quotedPrintable(body.replace(/_/g, ' ')));

// {from, to, subject, messageId, text, html, raw}
export function readMail(raw) {
  const [head, ...rest] = raw.split(/\r?\n\r?\n/);
  const header = (name) =>
    encodedWords((new RegExp(`^${name}: ((?:.*)(?:\\r?\\n[ \\t].*)*)`, 'im').exec(head)?.[1] ?? '').replace(/\r?\n[ \t]/g, ' '));
  const body = rest.join('\n\n');
  const parts = body.split(/^--.*$/m).filter((part) => /content-type:/i.test(part));
  const decode = (part) => {
    const [partHead, ...partBody] = part.trim().split(/\r?\n\r?\n/);
    const text = partBody.join('\n\n');
    if (/base64/i.test(partHead)) return Buffer.from(text, 'base64').toString('utf8');
    return /quoted-printable/i.test(partHead) ? quotedPrintable(text) : text;
  };
  const find = (kind) => parts.filter((part) => part.toLowerCase().includes(`content-type: ${kind}`)).map(decode)[0] ?? '';
  return {
    from: header('From'), to: header('To'), subject: header('Subject'), messageId: header('Message-ID'),
    text: find('text/plain'), html: find('text/html'), raw,
  };
}

// The activation (or password) link of a mail.
export const linkIn = (mail) => /https?:\/\/\S+/.exec(mail.text)[0].replace(/[.>]$/, '');
