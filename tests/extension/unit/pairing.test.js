// @ts-check
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import { localOrigin } from "../../../extension/lib/address.js";
import { base64url, newNonce, normaliseCode, serverProof } from "../../../extension/lib/pairing.js";

test("a code is read however it is typed", () => {
  for (const typed of ["K7QF-3MXD", "k7qf3mxd", " k7qf 3mxd ", "K-7-Q-F-3-M-X-D"])
    assert.equal(normaliseCode(typed), "K7QF3MXD");
  assert.equal(normaliseCode("oil0-1234"), "01101234");
});

test("what is no code is none", () => {
  for (const typed of ["", "K7QF", "K7QF-3MXD-1", "UUUU-UUUU", "K7QF_3MXD", "ÄÄÄÄ-ÄÄÄÄ"])
    assert.equal(normaliseCode(typed), null);
});

test("the proof is HMAC-SHA-256 by the code over both nonces, as the contract says", async () => {
  const expected = createHmac("sha256", "K7QF3MXD")
    .update("touchstone server client-nonce server-nonce")
    .digest("base64url");
  assert.equal(await serverProof("K7QF3MXD", "client-nonce", "server-nonce"), expected);
  assert.notEqual(await serverProof("K7QF3MXE", "client-nonce", "server-nonce"), expected);
  assert.notEqual(await serverProof("K7QF3MXD", "server-nonce", "client-nonce"), expected);
});

test("a nonce is sixteen random bytes", () => {
  assert.match(newNonce(), /^[\w-]{22}$/);
  assert.notEqual(newNonce(), newNonce());
  assert.equal(base64url(Uint8Array.of(0xfb, 0xff, 0xfe)), "-__-");
});

test("a server is on this computer or it is none", () => {
  assert.equal(localOrigin(" http://127.0.0.1:8765/ "), "http://127.0.0.1:8765");
  assert.equal(localOrigin("localhost:9000/path?x"), "http://localhost:9000");
  for (const other of [
    "https://127.0.0.1:8765",
    "http://127.0.0.1.evil.example:8765",
    "http://localhost@evil.example",
    "http://user:secret@127.0.0.1",
    "http://192.168.0.1:8765",
    "http://[::1]:8765",
    "file:///etc/passwd",
    "",
  ]) {
    assert.equal(localOrigin(other), null, other);
  }
});
