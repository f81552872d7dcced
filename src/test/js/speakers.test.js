// @ts-check
import { Speakers } from "../../main/webapp/js/speakers.js";
import { equal } from "./assert.js";

export function speakers_are_numbered_as_they_are_heard() {
  const speakers = new Speakers();
  equal(["1-spk_1", "1-spk_0", "1-spk_1"].map((label) => speakers.nameOf(label)), ["Speaker 1", "Speaker 2", "Speaker 1"]);
}

export function a_name_holds_for_all_that_a_speaker_says() {
  let changes = 0;
  const speakers = new Speakers({}, () => changes++);
  speakers.nameOf("a");
  speakers.rename("a", " Helen ");
  equal([speakers.nameOf("a"), speakers.given, changes], ["Helen", { a: "Helen" }, 2]);
  speakers.rename("a", "");
  equal([speakers.nameOf("a"), speakers.given], ["Speaker 1", {}]);
}

export function those_whom_the_page_tells_apart_have_names_of_their_own_and_the_server_knows_them_not() {
  const speakers = new Speakers();
  equal(["me", "others", "1-spk_0"].map((label) => speakers.nameOf(label)), ["Me", "The others", "Speaker 3"]);
  speakers.rename("me", "Helen");
  equal([speakers.given, speakers.byEngine], [{ me: "Helen" }, { "1-spk_0": "" }]);
}

export function labels_of_one_person_have_one_colour() {
  const speakers = new Speakers({ a: "Helen", b: "Ann", c: "Helen" });
  equal(["a", "b", "c"].map((label) => speakers.colourOf(label)), [0, 1, 0]);
}
