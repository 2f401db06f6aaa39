package regex

// This file defines the machine that runs a program.

import "github.com/firn-lang/firn/eval/budget"

const (
	// checkSteps is how many steps pass between two calls of the budget.
	checkSteps = 1 << 14
	stepsTick  = checkSteps >> 6 // what they count there
	// freeSteps is how many steps a match may take before it remembers
	// outcomes, freeStepsMore how many one more match in the same text.
	freeSteps     = 1 << 10
	freeStepsMore = 1 << 6

	pageBits  = 1 << 16
	maxPages  = 1 << 15 // in use: 256 MB
	keepPages = 16      // in a machine that waits for its next use
	keepStack = 1 << 14
	maxStack  = 1 << 16 // frames; if there are more, they are in several parts
)

type frameOp uint8

const (
	frameElse    frameOp = iota // unless found: run code a of entry at pos
	frameBoth                   // run code a of entry at pos, whether found or not
	frameMerge                  // found if a is 1, too
	frameRestore                // slot a gets back pos
	frameDone                   // remember the outcome of entry at pos
)

// A frame is what is left to do once a way has been explored.
type frame struct {
	op    frameOp
	entry int32
	a     int32
	pos   int
}

// A machine is the working memory of one match or of one iteration.
type machine struct {
	re     *Regexp
	stack  []frame
	below  [][]frame // the rest of the stack, if it is large
	deep   uint64    // frames in below
	caps   []int     // by tag: where groups began and ended; -1 if not
	best   []int     // caps of the best match so far
	budget budget.Budget

	steps     int // where a row is large, one counts as several
	limit     int // value of steps when slow is due
	nextCheck int // value of steps when the budget is due
	freeEnd   int // value of steps when remembering starts

	// Outcomes: two bits for each position from base on, and entry.
	remember bool
	base     int
	pages    []*[pageBits / 64]uint64
	inUse    int  // pages that are not nil
	dirty    bool // some page is not all 0
}

func newMachine(re *Regexp) *machine {
	return &machine{
		re:   re,
		caps: make([]int, 2*(re.groups+1)),
		best: make([]int, 2*(re.groups+1)),
	}
}

func (re *Regexp) newRun(b budget.Budget, base int) *machine {
	re.prepareOnce.Do(re.prepare)
	m := re.machines.Get().(*machine)
	m.budget, m.base = b, base
	m.steps, m.nextCheck, m.freeEnd = 0, checkSteps, re.freeSteps
	m.remember = m.freeEnd == 0
	m.setLimit()
	return m
}

// again prepares for one more search in the same text. What is remembered
// stays: entries that failed still fail, and those that led to a match are
// not met again.
func (m *machine) again() {
	if !m.remember {
		m.freeEnd = max(m.freeEnd, m.steps+freeStepsMore)
		m.setLimit()
	}
}

func (m *machine) setLimit() {
	m.limit = m.nextCheck
	if !m.remember {
		m.limit = min(m.limit, m.freeEnd)
	}
}

// slow does what is due every so many steps.
func (m *machine) slow() error {
	if m.steps >= m.freeEnd {
		m.remember = true
	}
	var err error
	if m.steps >= m.nextCheck {
		m.nextCheck = m.steps + checkSteps
		if m.budget != nil {
			if err = m.budget.Tick(stepsTick); err == nil && len(m.stack) > keepStack {
				err = m.checkSize(0)
			}
		}
	}
	m.setLimit()
	return err
}

// checkSize asks for room for what the machine has, and bytes more.
func (m *machine) checkSize(bytes uint64) error {
	const frameBytes = 24
	return budget.Room(m.budget, (m.deep+uint64(cap(m.stack)))*frameBytes+uint64(m.inUse)*pageBits/8+bytes)
}

// restack begins a new part of the stack if it is large: nothing large is copied
// while it grows.
func (m *machine) restack() {
	if len(m.stack) > maxStack {
		m.deep += uint64(len(m.stack))
		m.below = append(m.below, m.stack)
		m.stack = make([]frame, 0, maxStack)
	}
}

// unstack makes the next part of the stack the top one, and reports whether there
// is one.
func (m *machine) unstack() bool {
	last := len(m.below) - 1
	if last < 0 {
		return false
	}
	m.stack, m.below = m.below[last], m.below[:last]
	m.deep -= uint64(len(m.stack))
	return true
}

func (m *machine) release() {
	if len(m.pages) > keepPages {
		m.pages, m.inUse = nil, 0
	} else if m.dirty {
		for _, p := range m.pages {
			if p != nil {
				clear(p[:])
			}
		}
	}
	m.dirty = false
	if cap(m.stack) > keepStack {
		m.stack = nil
	}
	if m.deep > 0 {
		m.below, m.deep = nil, 0
	}
	m.budget = nil
	m.re.machines.Put(m)
}

// outcome returns the bits for an entry at a position: bit 0 if it was met
// before, bit 1 if it led to a match then. The shift is into *word.
func (m *machine) outcome(entry int32, pos int) (word *uint64, shift uint, err error) {
	bit := 2 * (uint64(pos-m.base)*uint64(len(m.re.entries)) + uint64(entry))
	page := bit / pageBits
	if page >= uint64(len(m.pages)) {
		if page >= maxPages*64 {
			return nil, 0, m.re.spaceError()
		}
		m.pages = append(m.pages, make([]*[pageBits / 64]uint64, page+1-uint64(len(m.pages)))...)
	}
	p := m.pages[page]
	if p == nil {
		if m.inUse >= maxPages {
			return nil, 0, m.re.spaceError()
		}
		const often = 16
		if m.inUse%often == often-1 {
			if err := m.checkSize(often * pageBits / 8); err != nil {
				return nil, 0, err
			}
		}
		m.inUse++
		p = new([pageBits / 64]uint64)
		m.pages[page] = p
	}
	m.dirty = true
	return &p[bit%pageBits/64], uint(bit % 64), nil
}

// setTags lets groups begin or end at pos.
func (m *machine) setTags(r *row, tags int32, pos int) {
	for i := tags; i != 0; i = r.tags[i].next {
		slot := r.tags[i].slot
		if len(m.stack)+len(m.below) > 0 {
			m.stack = append(m.stack, frame{op: frameRestore, a: slot, pos: m.caps[slot]})
		}
		m.caps[slot] = pos
	}
}

// run matches from entry at start on. If there is a match, its end is
// returned and its groups are in m.best; otherwise -1.
func (m *machine) run(prog *program, entry int32, s string, start int) (int, error) {
	re := m.re
	for i := range m.caps {
		m.caps[i] = -1
	}
	if m.stack = m.stack[:0]; m.deep > 0 {
		m.below, m.deep = nil, 0
	}
	var (
		end   = -1
		found = false // in the way being explored, since the last frameBoth
		both  = 0     // frameBoth on the stack
		pos   = start
		in    inst
		r     *row
		err   error
	)
	if r, err = re.row(prog, entry, m.budget); err != nil {
		return -1, err
	}
enter:
	if pos < len(s) {
		in = r.act[re.class[s[pos]]]
	} else {
		in = r.eof
	}
dispatch:
	switch in.op {
	case instWide:
		m.steps += len(r.code) / manyInsts
		fallthrough
	case instStep:
		if in.tags != 0 {
			m.setTags(r, in.tags, pos)
		}
		pos++
		if m.steps++; m.steps >= m.limit {
			if err = m.slow(); err != nil {
				return -1, err
			}
			m.restack()
		}
		if in.x != entry {
			entry = in.x
			if r = prog.rows[entry].Load(); r == nil {
				if r, err = re.row(prog, entry, m.budget); err != nil {
					return -1, err
				}
			}
		}
		if m.remember {
			word, shift, err := m.outcome(entry, pos)
			if err != nil {
				return -1, err
			}
			switch *word >> shift & 3 {
			case 0:
				*word |= 1 << shift
				if prog.longest {
					m.stack = append(m.stack, frame{op: frameDone, entry: entry, pos: pos})
				}
			case 1:
				goto back
			case 3:
				found = true
				goto back
			}
		}
		goto enter
	case instElse:
		m.stack = append(m.stack, frame{op: frameElse, entry: entry, a: in.y, pos: pos})
		in = r.code[in.x]
		goto dispatch
	case instBoth:
		m.stack = append(m.stack, frame{op: frameBoth, entry: entry, a: in.y, pos: pos})
		both++
		in = r.code[in.x]
		goto dispatch
	case instAccept:
		if pos > end {
			end = pos
			if in.tags != 0 {
				m.setTags(r, in.tags, pos)
			}
			copy(m.best, m.caps)
			m.best[0], m.best[1] = start, end
		}
		found = true
		if both == 0 || end == len(s) {
			return end, nil
		}
	}
back:
	for len(m.stack) > 0 || m.deep > 0 && m.unstack() {
		if m.steps++; m.steps >= m.limit {
			if err = m.slow(); err != nil {
				return -1, err
			}
		}
		f := m.stack[len(m.stack)-1]
		m.stack = m.stack[:len(m.stack)-1]
		switch f.op {
		case frameRestore:
			m.caps[f.a] = f.pos
			continue
		case frameMerge:
			found = found || f.a == 1
			continue
		case frameDone:
			if found {
				word, shift, err := m.outcome(f.entry, f.pos)
				if err != nil {
					return -1, err
				}
				*word |= 2 << shift
			}
			continue
		case frameElse:
			if found {
				continue
			}
		case frameBoth:
			both--
			merge := frame{op: frameMerge}
			if found {
				merge.a = 1
			}
			m.stack = append(m.stack, merge)
			found = false
		}
		pos = f.pos
		if f.entry != entry {
			entry = f.entry
			r = prog.rows[entry].Load()
		}
		in = r.code[f.a]
		goto dispatch
	}
	return end, nil
}
