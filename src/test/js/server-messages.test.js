// @ts-check
import { parseServerMessage } from "../../main/webapp/js/server-messages.js";
import { equal } from "./assert.js";

export function keeps_fields_it_does_not_know() {
  equal(parseServerMessage('{"type":"saved","s3_key":"a.txt","new":1}'), { type: "saved", s3_key: "a.txt", new: 1 });
}

export function ignores_what_it_does_not_know_or_what_is_incomplete() {
  for (const data of [
    '{"type":"weather"}',
    '{"type":"constructor"}',
    '{"type":"transcript","text":"no finality"}',
    "null",
    "7",
    "no json",
    new ArrayBuffer(2),
  ]) {
    equal(parseServerMessage(data), null, String(data));
  }
}
