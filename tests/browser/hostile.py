"""What a page and its process try on the extension: scripts that give back all they could get.

A taken-over page can run code where our content scripts run, so `IN_CONTENT` runs there.
"""

#: Every message that one of our own pages may send, and two that nobody may.
MESSAGES = (
    *("owner.read", "owner.emails", "owner.phrase", "server.state", "server.pair"),
    *("server.forget", "server.address", "wallet.open", "wallet.save", "page.look", "page.again"),
    *("page.seen", "page.leave", "handed.text", "handed.address", "handed.file", "handed.forget"),
    *("token", "fetch"),
)

#: A content script with every power it has; gives back what each try gave, as text.
IN_CONTENT = """async (messages, other, patience = 3000) => {
    const api = globalThis.browser ?? globalThis.chrome;
    const got = {};
    const tell = (value) => {
        try { return JSON.stringify(value) ?? "undefined"; } catch { return `an object: ${value}`; }
    };
    const silence = () => new Promise((_, no) => setTimeout(no, patience, "silence"));
    const soon = (work) => Promise.race([work, silence()]);
    const attempt = async (name, work) => {
        const refused = (no) => `refused: ${no}`;
        got[name] = await Promise.resolve().then(() => soon(work())).then(tell, refused);
    };
    for (const type of messages) {
        const message = { type, tabId: other, key: "b1", url: "http://127.0.0.1/", text: "x",
            code: "K7QF-3MXD", address: "http://127.0.0.1:9", phrase: "taken over",
            emails: ["evil@evil.example"] };
        await attempt(`message ${type}`, () => api.runtime.sendMessage(message));
    }
    for (const area of ["local", "session", "sync", "managed"]) {
        await attempt(`storage.${area}`, () => api.storage[area].get(null));
    }
    await attempt("storage.open", () => api.storage.local.setAccessLevel({
        accessLevel: "TRUSTED_AND_UNTRUSTED_CONTEXTS" }));
    await attempt("database", () => new Promise((done, no) => {
        const request = indexedDB.open("touchstone");
        request.onerror = no;
        request.onsuccess = () => {
            const { result } = request;
            const names = [...result.objectStoreNames];
            if (names.length === 0) return done([]);
            const all = result.transaction(names[0]).objectStore(names[0]).getAll();
            all.onsuccess = () => done(all.result);
        };
    }));
    await attempt("tabs", () => api.tabs.query({}));
    await attempt("scripting", () => api.scripting.executeScript({
        target: { tabId: other }, func: () => 1 }));
    await attempt("background", () => api.extension.getBackgroundPage());
    await attempt("views", () => api.extension.getViews());
    for (const path of ["options/options.html", "background/settings.js", "view/phrase.js"]) {
        const address = api.runtime.getURL(path);
        await attempt(`fetch ${path}`, () => fetch(address).then((answer) => answer.text()));
        await attempt(`import ${path}`, () => import(address).then(Object.keys));
    }
    return got;
}"""

#: A page, which knows the extension's address though nothing tells it.
IN_PAGE = """async ([messages, home, id]) => {
    const heard = [];
    addEventListener("message", ({ data }) => heard.push(data));
    const got = {};
    for (const type of messages) {
        const message = { type, source: "touchstone", tabId: 1, key: "b1" };
        postMessage(message, "*");
        for (const name of ["touchstone", type]) {
            document.dispatchEvent(new CustomEvent(name, { detail: message, bubbles: true }));
        }
        try {
            got[type] = await Promise.race([
                globalThis.chrome.runtime.sendMessage(id, message),
                new Promise((done) => setTimeout(done, 300, "silence")),
            ]);
        } catch (no) { got[type] = `refused: ${no}`; }
    }
    for (const path of ["options/options.html", "popup/popup.html", "icons/icon-32.png"]) {
        const refused = (no) => `refused: ${no}`;
        got[path] = await fetch(home + path).then((answer) => answer.text(), refused);
        const frame = document.createElement("iframe");
        frame.src = home + path;
        document.body.append(frame);
        await new Promise((done) => { frame.onload = done; setTimeout(done, 1000); });
        try { got[`frame ${path}`] = frame.contentDocument?.body?.innerText ?? null; }
        catch (no) { got[`frame ${path}`] = `refused: ${no}`; }
        frame.remove();
    }
    const others = heard.filter((data) => data?.source !== "touchstone");
    const globals = Object.keys(globalThis).filter((name) => /touchstone/i.test(name));
    return { got, others, globals };
}"""

#: All that the extension keeps, by name, for a test in a page of its own.
FROM_VAULT = """() => new Promise((done) => {
    const opened = indexedDB.open("touchstone", 1);
    opened.onsuccess = () => {
        const store = opened.result.transaction("kept").objectStore("kept");
        const values = store.getAll();
        values.onsuccess = () => done(values.result);
    };
})"""


def is_nothing(gave: str) -> bool:
    """Whether a try of `IN_CONTENT` got it nothing."""
    return gave.startswith("refused") or gave in ("undefined", "null", "{}", "[]")


def is_no(gave: object) -> bool:
    """Whether a try of `IN_PAGE` got it nothing."""
    return gave in (None, "", "silence") or str(gave).startswith("refused")
