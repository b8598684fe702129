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
  achievement?: string | null;
  related?: Linked[];
  listed?: { id: string; name?: string | null; kind: string; url?: string | null; earned?: string | null }[];
  associations?: { type: string; source: string; target: string }[];
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

/** A page held against the wallet. */
interface Comparison {
  version: 1;
  site: string | null;
  checked_at: string;
  counts: Record<string, number>;
  entries: {
    index: number | null;
    title: string;
    at: string | null;
    code: string;
    findings: { code: string; word: string; says: string; mend: string | null; link: string | null }[];
    verdict: Verdict | null;
    headline: string | null;
    credential: string | null;
    keep: string | null;
  }[];
  missing: { id: string; name: string | null; issuer: string | null; verdict: string; link: string | null; add: string | null }[];
  notes: string[];
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
  /** with the named groups filled in: the same for all addresses of one award */
  same?: string;
}

type Tree = Element | Document | ShadowRoot;

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
  same?: string;
}

interface Place extends Classified {
  element: Element | null; // where its mark goes; null for the page itself, and for what is not to be seen
  link: Element | null; // what leads there, where that is not a picture
  shows?: string; // the address of a platform's picture that the link is around
  label?: string; // what it is called, where no element says so
  claim?: Claim;
}

interface Entry {
  key: string;
  place: Place;
  elements: Element[];
  claims: Claim[];
  candidate?: Candidate;
}

/** One adapter: where badges are on a site's pages, and whose they are. */
interface Site {
  name: string;
  label: string | null; // the site's own name
  marks: boolean; // whether marks may be drawn without the reader's having asked for them there
  isAt(location: Location | URL): boolean;
  holds(element: Element, what: Classified): boolean;
  statedIn(page: Document): (elements: Element[], claims?: Claim[], link?: Element | null) => Context | null;
  shows?(link: Element): boolean; // whether by its words an entry's credential is there, on whatever host
  isChanged(page: Document, count: number): boolean;
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
  image?: string;
  id?: string; // the credential's own, as the page gives it; stays in the browser's own pages
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
  look(
    page: Document,
    what: { site: Site; roots?: Tree[] | null; changed?: Iterable<Element>; isDeep?: boolean },
  ): Generator<void, { fresh: Candidate[]; moved: string[]; trees: Tree[] }>;
  all(): Candidate[];
  clear(): string[];
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
  originals: { attribute: string; copies: RegExp }[];
  lazy: string[];
  resizers: { path: RegExp; parameters: string[] }[];
  dom: {
    byId(page: Document, id: string): Element | null;
    elementOf(root: Tree): Element | null;
    make(name: string, space?: string): any;
    all(root: Tree, selector: string): Element[];
    list(root: Tree, selector: string): ArrayLike<Element>;
    of(page: Document, name: "baseURI" | "title" | "documentElement" | "body" | "styleSheets"): any;
    above(element: Element): Element | null;
    closest(element: Element, selector: string): Element | null;
    customIn(root: Tree): Element[];
    pageOf(root: Tree): Document;
    textOf(element: Element | null | undefined, most?: number): string;
  };
  reach: {
    pageIn(frame: Element): Document | null;
    treesIn(root: Tree, isDeep: boolean): Generator<void, (Document | ShadowRoot)[]>;
  };
  work: {
    run<T>(begin: () => Generator<void, T>): Promise<T | undefined>;
    whole<T>(work: Generator<void, T>): T;
    passes: { total: number; longest: number }[];
  };
  classify: {
    maybe(href: string, base: string): boolean;
    isPlatform(base: string): boolean;
    link(href: string, base: string): Classified | null;
    image(src: string, base: string): Classified | null;
    plain(href: string, base: string): string | null;
    astray(href: string, base: string): Classified | null;
  };
  spot: {
    spot(element: Element, base: string): Classified | null;
    picture(image: Element, base: string): Classified | null;
    background(style: string, base: string): Classified | null;
    roomOf(element: Element): number;
    isPicture(element: Element): boolean;
    setOf(set: string | null): string[];
  };
  find: {
    scan(root: Tree, how?: { most?: number; holds?: Site["holds"]; isDeep?: boolean }): Generator<void, Place[]>;
    own(page: Document): Place[];
    labelOf(place: Place, page: Document): string;
  };
  styles: { placesIn(root: Tree, holds: Site["holds"]): Generator<void, Place[]> };
  linked: {
    scriptsIn(page: Document, about: RegExp): { script: Element; text: string; data: unknown }[];
    placesIn(page: Document): Place[];
  };
  context: {
    statedIn(page: Document): (elements: Element[], claims?: Claim[]) => Context | null;
    peopleIn(data: unknown): Record<string, unknown>[];
    told(page: Document, person: Stated | null, claims: Claim[]): Context | null;
  };
  astray: { linksIn(page: Document, site: Site): { page: string; links: { url: string; context: Context | null }[] } };
  sites: { all: Site[]; at(location: Location | URL): Site };
  dates: { monthsIn(text: string, language: string): string[]; fold(text: string): string };
  mail: {
    personIn(text: string): Stated | null;
    statedBy(
      page: Document,
      messageAt: (element: Element) => Element | null,
      senderOf: (message: Element) => Stated | null,
    ): (elements: Element[], claims?: Claim[]) => Context | null;
  };
  createRegistry(): Registry;
  createWatch(onChange: (roots: Element[] | null, changed: Set<Element>) => Promise<unknown>): {
    add(trees: Tree[]): void;
    stop(): void;
  };
  createLayer(style: string): { root: HTMLElement; show(): void };
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
  | ("no_scan" | "no_grant" | "opted_out" | "interrupted");

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
  site?: string; // whose adapter looked: linkedin, gmail, outlook, github, or any
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
