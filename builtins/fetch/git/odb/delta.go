package odb

// This file defines how an object that is stored as a change to another one is made.

import "errors"

// MaxDelta is the size in bytes of the largest object that is read when it, or what it is a change
// to, is not stored as a whole. Git stores files of more than 512 MiB whole by default.
const MaxDelta = 512 << 20

var (
	errDelta    = errors.New("the change that it is stored as is damaged")
	errBig      = errors.New("it is too large for an object that is stored as a change to another one")
	errDeepPack = errors.New("it is stored as a change of too many others")
)

// deltaSize reads a size at the beginning of a delta.
func deltaSize(delta []byte) (size int64, rest []byte, err error) {
	for i, b := range delta {
		if i > 8 {
			break
		}
		size |= int64(b&0x7f) << (7 * i)
		if b < 0x80 {
			return size, delta[i+1:], nil
		}
	}
	return 0, nil, errDelta
}

// deltaSizes returns the sizes at the beginning of a delta: of what it changes, and of the result.
func deltaSizes(delta []byte) (from, to int64, rest []byte, err error) {
	if from, rest, err = deltaSize(delta); err != nil {
		return 0, 0, nil, err
	}
	to, rest, err = deltaSize(rest)
	return from, to, rest, err
}

// A deltaStep takes bytes from the old contents, or from the delta itself.
type deltaStep struct {
	copies    bool
	off, size int // in the old contents, or in the rest of the delta
}

// nextStep reads a step of a delta.
func nextStep(delta []byte) (step deltaStep, rest []byte, err error) {
	op := delta[0]
	delta = delta[1:]
	if op == 0 {
		return step, nil, errDelta // kept for later use by the format
	}
	if op < 0x80 {
		if len(delta) < int(op) {
			return step, nil, errDelta
		}
		return deltaStep{size: int(op)}, delta, nil
	}
	step.copies = true
	for i := range 7 {
		if op&(1<<i) == 0 {
			continue
		}
		if len(delta) == 0 {
			return step, nil, errDelta
		}
		if i < 4 {
			step.off |= int(delta[0]) << (8 * i)
		} else {
			step.size |= int(delta[0]) << (8 * (i - 4))
		}
		delta = delta[1:]
	}
	if step.size == 0 {
		step.size = 0x10000
	}
	return step, delta, nil
}

// applyDelta returns what a delta makes of base. The steps are added up first, so that a size that is
// not true costs no memory.
func applyDelta(base, delta []byte) ([]byte, error) {
	from, to, steps, err := deltaSizes(delta)
	switch {
	case err != nil:
		return nil, err
	case from != int64(len(base)):
		return nil, errDelta
	case to > MaxDelta:
		return nil, errBig
	}
	total := int64(0)
	for rest := steps; len(rest) > 0; {
		var s deltaStep
		if s, rest, err = nextStep(rest); err != nil {
			return nil, err
		}
		if s.copies && (s.off > len(base) || s.size > len(base)-s.off) {
			return nil, errDelta
		}
		if !s.copies {
			rest = rest[s.size:]
		}
		if total += int64(s.size); total > to {
			return nil, errDelta
		}
	}
	if total != to {
		return nil, errDelta
	}
	out := make([]byte, 0, to)
	for rest := steps; len(rest) > 0; {
		var s deltaStep
		s, rest, _ = nextStep(rest)
		if s.copies {
			out = append(out, base[s.off:s.off+s.size]...)
		} else {
			out = append(out, rest[:s.size]...)
			rest = rest[s.size:]
		}
	}
	return out, nil
}
