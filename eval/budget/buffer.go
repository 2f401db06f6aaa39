package budget

// This file defines Buffer.

// A Buffer is a text that is being made. It is in parts, which are not copied
// while it grows.
type Buffer struct {
	Budget Budget

	// Tail is the end of the text. The caller that appends to it must call Flush
	// every PartBytes or so.
	Tail []byte

	full [][]byte
	size int // bytes in full
}

// Len returns the length of the text in bytes.
func (t *Buffer) Len() int { return t.size + len(t.Tail) }

// Flush begins a new part if the last one is large.
func (t *Buffer) Flush() error {
	if len(t.Tail) < PartBytes {
		return nil
	}
	return t.newPart()
}

// newPart moves Tail to the full parts.
func (t *Buffer) newPart() error {
	const room = PartBytes + PartBytes/4
	if err := Room(t.Budget, uint64(t.Len()+room)); err != nil {
		return err
	}
	if err := Charge(t.Budget, len(t.Tail)); err != nil {
		return err
	}
	t.full, t.size = append(t.full, t.Tail), t.Len()
	t.Tail = make([]byte, 0, room)
	return Tick(t.Budget, PartBytes>>10)
}

// Add appends text.
func (t *Buffer) Add(text string) error {
	for len(t.Tail)+len(text) >= PartBytes {
		n := max(0, PartBytes-len(t.Tail))
		t.Tail = append(t.Tail, text[:n]...)
		text = text[n:]
		if err := t.newPart(); err != nil {
			return err
		}
	}
	t.Tail = append(t.Tail, text...)
	return nil
}

// CopyTo copies the text, and returns what of to is behind it; to must have room
// for it.
func (t *Buffer) CopyTo(to []byte) ([]byte, error) {
	for _, part := range t.full {
		to = to[copy(to, part):]
		if err := Tick(t.Budget, len(part)>>10); err != nil {
			return nil, err
		}
	}
	return to[copy(to, t.Tail):], nil
}

// Bytes returns the text, which must not be modified if there is more to come.
func (t *Buffer) Bytes() ([]byte, error) {
	if t.full == nil {
		return t.Tail, nil
	}
	if err := Charge(t.Budget, t.Len()); err != nil {
		return nil, err
	}
	all := make([]byte, t.Len())
	_, err := t.CopyTo(all)
	return all, err
}
