// Shapes that several parts of the extension hand each other. Development only: nothing loads this file.

// --- the server's report, as docs/contract.md fixes it ---

type Outcome = "passed" | "failed" | "unknown" | "absent";
type Question = "genuine" | "current" | "issuer" | "recipient" | "claim";
type Verdict =
  | "verified"
  | "holder_unproven"
  | "unvouched"
  | "overstated"
  | "not_yet_valid"
  | "expired"
  | "suspended"
  | "not_theirs"
  | "impostor"
  | "revoked"
  | "invalid"
  | "unknown";

interface Check {
  question: Question;
  outcome: Outcome;
  code: string;
  says: string;
  fix: string | null;
  detail: Record<string, unknown>;
}

interface Linked {
  url?: string | null;
  name?: string | null;
  text?: string | null;
}

interface BadgeCredential {
  standard: string;
  container: string;
  provider?: string | null;
  kind?: string | null;
  id?: string | null;
  name?: string | null;
  description?: string | null;
  issuer?: { id?: string | null; name?: string | null; proven?: string | null; vouched_by?: string[] } | null;
  recipient?: { name?: string | null; identity_kind?: string | null; hashed?: boolean } | null;
  issued?: string | null;
  expires?: string | null;
  criteria?: { url?: string | null; text?: string | null } | null;
  evidence?: Linked[];
  skills?: { name: string; url?: string | null }[];
  alignments?: Linked[];
  part_of?: Linked[];
  made_of?: Linked[];
  credits?: number | string | null;
  endorsements?: Report[];
  image?: string | null;
}

interface Report {
  version: 1;
  source: string;
  verdict: Verdict;
  headline: string;
  assurance: string;
  checks: Check[];
  credential: BadgeCredential | null;
  contacted: { url: string; at: string; status: number | null; sha256?: string | null; from_cache: boolean }[];
  checked_at: string;
  status_as_of?: string | null;
  bundle: Report[];
}

interface Refusal {
  version?: 1;
  source?: string;
  error: { code: string; says: string; found?: unknown[] };
}

type Answer = Report | Refusal;

// --- content: one namespace of classic scripts ---

type Kind =
  | ("page" | "award" | "picture" | "document" | "image")
  // dropped, pasted or chosen from a menu
  | "handed"
  // words for addresses that are no award's
  | ("profile" | "template" | "organization" | "file" | "short_link" | "private");

interface Platform {
  provider: string;
  kind: Kind;
  hosts: string[];
  path: RegExp;
  query?: Record<string, RegExp>;
}

interface Wrapper {
  host: RegExp;
  path: RegExp;
  /** the query parameter's name, `#`, or `{target}` for that group of `path` */
  parameter: string;
  coded?: string;
}

interface Classified {
  provider: string | null;
  kind: Kind;
  url: string;
}

interface Place extends Classified {
  element: Element | null; // where its mark goes; null for the page itself
  link: Element | null; // what leads there, where that is not a picture
}

interface Entry {
  key: string;
  place: Place;
  elements: Element[];
}

interface Stated {
  names: string[];
  emails: string[];
  profiles: string[];
}

interface Claim {
  title?: string;
  issuer?: string;
  issued?: string;
  expires?: string;
}

interface Context extends Partial<Stated> {
  page: string;
  claims?: Claim[];
}

interface Candidate extends Classified {
  key: string;
  label: string;
  context: Context | null;
}

interface Drawing {
  name: string;
  word: string;
  light: string;
  dark: string;
  shape: ShapePart[];
}

type ShapePart = [tag: string, attributes: Record<string, string>];

interface Marks {
  show(key: string, drawing: Drawing, elements: Element[]): void;
  hide(key: string): void;
  refresh(): void;
}

interface Registry {
  look(page: Document): { fresh: Candidate[]; moved: string[] };
  all(page: Document): Candidate[];
  elements(key: string): Element[];
  address(key: string): string | null;
}

interface TouchstoneContent {
  signal: AbortSignal;
  stop(): void;
  alive(): boolean;
  started?: boolean;
  platforms: Platform[];
  wrappers: Wrapper[];
  documentPath: RegExp;
  needless: RegExp;
  unmarked: RegExp;
  classify: {
    link(href: string, base: string): Classified | null;
    image(src: string, base: string): Classified | null;
    plain(href: string, base: string): string | null;
  };
  context: {
    statedIn(page: Document): (elements: Element[]) => Context | null;
    peopleIn(data: unknown): Record<string, unknown>[];
  };
  find: {
    spot(element: Element, base: string): Classified | null;
    scan(page: Document): Place[];
    labelOf(place: Place, page: Document): string;
  };
  createRegistry(): Registry;
  createLayer(style: string): { root: ShadowRoot; show(): void };
  markButton: {
    style: string;
    create(drawing: Drawing, onClick: () => void): HTMLButtonElement;
    place(button: HTMLButtonElement, where: { box: DOMRect | null; isPicture: boolean; order: number }): void;
  };
  createMarks(onOpen: (key: string) => void): Marks;
  thumbnailOf(elements: Element[]): string | null;
}

declare var Touchstone: TouchstoneContent;

// --- background and popup: what is kept of one tab, in storage.session ---

type TroubleCode =
  | ("away" | "other_program" | "unsupported" | "server_older" | "server_newer" | "unpaired" | "refused")
  | ("no_scan" | "no_grant" | "interrupted");

interface Trouble {
  code: TroubleCode;
  says?: string;
}

interface Item {
  key: string;
  url: string | null; // null for pictures inside the page's own text (`data:`), which are asked of the page again
  kind: Kind;
  provider: string | null;
  label: string;
  context: Context | null;
  state: "waiting" | "shown" | "dropped" | "unread";
  seen?: boolean; // it was judged by what the reader's own tab shows
}

interface Page {
  tabId: number;
  documentId: string;
  host: string;
  items: Item[];
  phase: "looking" | "checking" | "done";
  trouble: Trouble | null;
  address?: string; // whose verdicts these are, as the browser tells it
  title?: string;
  looked?: string; // when, RFC 3339
  changed?: string; // the site whose page is not built as its adapter knows it
}

interface Result {
  answer: Answer;
  saved?: string; // the wallet's id
  yours?: boolean; // issued to one of the owner's addresses; asked apart from the page's own question
}

/** What goes to the server for one item. */
type Source = ({ url: string; html?: string } | { bytes: string } | { credential: string }) & {
  context?: Partial<Context>;
};
