package format

// This file defines documents in memory, which builtins make.

import "github.com/firn-lang/firn/eval/budget"

// A Document is a text in memory, as builtins.toXML and builtins.toJSON make it.
type Document struct {
	budget.Buffer
	Contexts []uint32 // of the strings in it; some may come several times
}

// memory is a sink that keeps the text: its full parts are in the buffer, and the rest is
// what the walker appends to.
type memory budget.Buffer

func (m *memory) take(text []byte) ([]byte, error) {
	b := (*budget.Buffer)(m)
	b.Tail = text
	err := b.Flush()
	return b.Tail, err
}
