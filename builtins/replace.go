package builtins

// This file defines builtins.replaceStrings.
// Texts may be long and patterns many, so the search is counted in comparisons. The time is in
// proportion to the length of the text and the number of patterns, but two cases are fast: a
// single pattern (strings.Index), and bytes with which no pattern begins (firsts).

import (
	"strings"

	"github.com/firn-lang/firn/eval/budget"
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/heap"
)

// replaceStrings is builtins.replaceStrings. The lists are forced and their lengths compared
// first, then all of from is forced, in order, then the text; an element of to is forced only
// when it is needed, once (eval-okay-replaceStrings-laziness). At each place of the text the
// first element of from counts that matches there, not the longest one.
//
// The result has the context of the text and those of the replacements that were used; the
// contexts of from are dropped. A text in which nothing is replaced is returned itself.
//
// Quirk: an empty pattern matches before each byte and at the end, unless a pattern before it
// in the list matches there (eval-okay-replaceStrings-empty-pattern).
func replaceStrings(c *core.Call) (heap.Value, error) {
	from, err := c.Arg(0).List()
	if err != nil {
		return 0, err
	}
	to, err := c.Arg(1).List()
	if err != nil {
		return 0, err
	}
	h := c.Heap()
	n := h.Len(from)
	if n != h.Len(to) {
		return 0, c.Errorf(core.CodeInvalidArgument, "'from' and 'to' arguments passed to builtins.replaceStrings have different lengths")
	}
	r := replacer{c: c, h: h, to: to, out: budget.Buffer{Budget: c}}
	for i := range n {
		const words = "while evaluating one of the strings to replace passed to builtins.replaceStrings"
		v, err := c.ForceSlot(h.ElemSlot(from, i))
		if err != nil {
			return 0, c.Frame(err, words)
		}
		text, _, err := c.Need(heap.Lazy(v), words).String()
		if err != nil {
			return 0, err
		}
		if text == "" {
			r.hasEmpty = true
		} else {
			r.firsts[text[0]>>6] |= 1 << (text[0] & 63)
		}
		if err := budget.Step(c, i); err != nil {
			return 0, err
		}
	}
	r.from = h.Elems(from) // which are known strings now
	if r.s, r.ctx, err = c.Arg(2).Words("while evaluating the third argument passed to builtins.replaceStrings").String(); err != nil {
		return 0, err
	}
	var buf [8]uint64
	r.known = newBitSet(buf[:], n)
	done, err := r.run()
	if err != nil {
		return 0, err
	}
	// Nothing was put out. An empty text can still have gained a context, that of an empty
	// replacement for an empty pattern.
	if done == 0 && r.out.Len() == 0 {
		v, err := c.Arg(2).Value()
		if err != nil || core.Context(h.Context(v)) == r.ctx {
			return v, err
		}
	}
	return bufferValue(r.c, &r.out, r.s[done:], r.ctx)
}

// A replacer is a call of builtins.replaceStrings.
type replacer struct {
	c        *core.Call
	h        *heap.Space
	from     []heap.Lazy   // patterns; strings, forced
	to       heap.Value    // list of the replacements, as long as from; elements may be thunks
	known    bitSet        // indices of replacements that were forced and checked
	firsts   [4]uint64     // set of the first bytes of patterns, a bit each
	hasEmpty bool          // a pattern is empty; skip must not be called
	s        string        // the text; a slice of the heap
	ctx      core.Context  // of the result: of s, and of the replacements used so far
	out      budget.Buffer // the result up to the last replacement
	work     int           // comparisons that were not counted yet
}

// run puts the result up to the end of the last replacement into out, and returns the
// number of bytes of s that it covers: the caller appends the rest of s as it is.
func (r *replacer) run() (done int, err error) {
	for p := 0; p <= len(r.s); {
		i := -1
		if !r.hasEmpty {
			if p, i, err = r.skip(p); err != nil || p > len(r.s) {
				return done, err
			}
		}
		if i < 0 {
			if i, err = r.find(p); err != nil {
				return 0, err
			}
		}
		if i < 0 {
			p++
			continue
		}
		text, err := r.replacement(i)
		if err != nil {
			return 0, err
		}
		if r.out.Tail == nil {
			r.out.Tail = make([]byte, 0, min(len(r.s)+len(text)+64, budget.PartBytes))
		}
		if err := r.out.Add(r.s[done:p]); err != nil {
			return 0, err
		}
		if err := r.out.Add(text); err != nil {
			return 0, err
		}
		n := len(r.text(i))
		done = p + n
		p = done
		if n == 0 { // the byte behind an empty match is kept, or the loop would not end
			p++
		}
	}
	return done, nil
}

// text returns pattern i.
func (r *replacer) text(i int) string { return r.h.Text(r.c.Known(r.from[i])) }

// skip returns the first place from p on at which a pattern can match, or len(s)+1 if there
// is none. i is the pattern that matches there; -1 if find has to look. No pattern may be
// empty. A single pattern of at most 1 KiB is searched by strings.Index, in parts that
// overlap by that much, so that a match across two parts is found.
func (r *replacer) skip(p int) (_, i int, err error) {
	const long = 1 << 10
	one := ""
	if len(r.from) == 1 && len(r.text(0)) <= long {
		one = r.text(0)
	}
	for {
		end := min(len(r.s), p+budget.PartBytes)
		if one != "" {
			if i := strings.Index(r.s[p:min(len(r.s), end+long)], one); i >= 0 {
				return p + i, 0, r.compared(1)
			}
			p = end
		} else {
			for p < end && r.firsts[r.s[p]>>6]>>(r.s[p]&63)&1 == 0 {
				p++
			}
		}
		switch {
		case p == len(r.s):
			return p + 1, -1, nil
		case p < end:
			return p, -1, nil
		}
		if err := r.c.Tick(budget.PartBytes >> 9); err != nil {
			return 0, -1, err
		}
	}
}

// compared counts n comparisons, each of up to 128 bytes, and asks the budget for 256 of them
// at once: asking for each would take longer than comparing.
func (r *replacer) compared(n int) error {
	if r.work += n; r.work < 1<<8 {
		return nil
	}
	n = r.work
	r.work = 0
	return r.c.Tick(n >> 5)
}

// find returns the first pattern that matches at p, or -1 if there is none. All are tried, in
// the order of the list.
func (r *replacer) find(p int) (int, error) {
	rest := r.s[p:]
	for i := range r.from {
		text := r.text(i)
		if err := r.compared(1 + len(text)>>7); err != nil {
			return 0, err
		}
		if ok, err := budget.HasPrefix(r.c, rest, text); ok || err != nil {
			return i, err
		}
	}
	return -1, nil
}

// replacement returns the replacement of pattern i, which is forced at its first use. The
// context of the replacement then joins that of the result.
func (r *replacer) replacement(i int) (string, error) {
	v := r.c.Known(r.h.Elems(r.to)[i])
	if !r.known.has(i) {
		const words = "while evaluating one of the replacement strings passed to builtins.replaceStrings"
		var err error
		if v, err = r.c.ForceSlot(r.h.ElemSlot(r.to, i)); err != nil {
			return "", r.c.Frame(err, words)
		}
		_, ctx, err := r.c.Need(heap.Lazy(v), words).String()
		if err != nil {
			return "", err
		}
		r.ctx = r.c.Union(r.ctx, ctx)
		r.known.add(i)
	}
	return r.h.Text(v), nil
}
