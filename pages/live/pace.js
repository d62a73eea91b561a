// One value in flight, the next only when the answer to the last has arrived, always the newest.
// No timer and no queue: the hand can never run ahead of what the server is able to show.

export class Pace {
  constructor() {
    this.sequence = 0;
    this.flying = false;
    this.next = null;
  }

  // Streamlit hands every call of a component a fresh `setStateValue`; the latest one knows the current run.
  answer(data, setStateValue) {
    this.set = setStateValue;
    if (this.flying && data.seq === this.sequence) this.flying = false;
    this.#flush();
  }

  push(value) {
    this.next = value;
    this.#flush();
  }

  // A new grip starts afresh: should an answer have been lost with a broken connection, nothing stays stuck.
  grip() {
    this.flying = false;
  }

  get idle() {
    return !this.flying && this.next === null;
  }

  #flush() {
    if (this.flying || this.next === null) return;
    const value = this.next;
    this.next = null;
    this.flying = true;
    this.sequence += 1;
    this.set("hand", { ...value, seq: this.sequence });
  }
}
