package regex

// This file defines rows: what to do at an entry, for each class of bytes.

import (
	"slices"
	"sync/atomic"

	"github.com/firn-lang/firn/eval/budget"
)

const (
	// maxClosure limits the leaves of a closure in which all ways are kept,
	// maxVisits the nodes that are visited to find the first ways.
	maxClosure = 4000
	maxVisits  = 1 << 18
	// maxInsts limits the insts of all rows of a pattern (16 bytes each).
	maxInsts = 8 << 20
)

// The first entries are the start of the pattern under different conditions,
// as a sum of these bits.
const (
	rootBegin   = 1 // ^ holds
	rootNotNull = 2 // the empty match does not count
	rootEntries = 4
)

// A program is one of the two ways to run a pattern: to match the whole text,
// or to search.
type program struct {
	rows    []atomic.Pointer[row] // by entry; nil until first used
	whole   bool                  // only an accept at the end of the text counts
	longest bool                  // opAlt tries both sides; otherwise the first accept wins
}

type instOp uint8

const (
	instFail   instOp = iota
	instStep          // consume a byte, go on at entry x
	instWide          // the same, in a row of many insts
	instAccept        //
	instElse          // try x; if that leads to no match, y
	instBoth          // try x, then y
)

// An inst is a node of a pruned closure.
type inst struct {
	op   instOp
	x, y int32
	tags int32 // index into row.tags, 0 for none: what groups begin or end here
}

// A tag says that a group begins (2*group) or ends (2*group+1). Tags are
// lists that share their tails.
type tag struct {
	slot int32
	next int32 // index into row.tags, 0 at the end of the list
}

// A row is the closure of one entry.
type row struct {
	act  []inst // by class of the next byte
	eof  inst   // at the end of the text
	only int    // the only byte that act does not fail for, if eof fails, too; else -1
	code []inst // for x and y of instElse and instBoth
	tags []tag  // tags[0] is unused
}

// manyInsts is how many insts a row has to have for its steps to count as
// several, since as many frames may get on the stack at once.
const manyInsts = 16

// row returns the row of an entry, which it builds at first use.
func (re *Regexp) row(prog *program, entry int32, b budget.Budget) (*row, error) {
	if r := prog.rows[entry].Load(); r != nil {
		return r, nil
	}
	r, err := re.buildRow(prog, entry, b)
	if err != nil {
		return nil, err
	}
	prog.rows[entry].CompareAndSwap(nil, r)
	return r, nil
}

func (re *Regexp) buildRow(prog *program, entry int32, limit budget.Budget) (*row, error) {
	if re.used.Load() > maxInsts {
		return nil, re.spaceError()
	}
	b := re.builders.Get().(*builder)
	defer re.builders.Put(b)
	b.prog, b.budget, b.work, b.err = prog, limit, 0, nil
	defer func() { b.budget = nil }()
	b.row = &row{act: make([]inst, len(re.members)), tags: make([]tag, 1)}
	b.begin = entry < rootEntries && entry&rootBegin != 0
	b.null = entry >= rootEntries || entry&rootNotNull == 0
	b.end = false
	b.closure(re.entries[entry])
	for class, member := range re.members {
		if b.err != nil {
			return nil, b.err
		}
		b.member, b.accepts = member, !prog.whole
		b.row.act[class] = b.pruned()
		if len(b.row.code) > maxInsts {
			return nil, re.spaceError()
		}
	}
	b.end = true
	if b.err == nil {
		b.closure(re.entries[entry])
	}
	b.accepts = true
	b.row.eof = b.pruned()
	if b.err != nil {
		return nil, b.err
	}
	b.row.code, b.row.tags = slices.Clone(b.row.code), slices.Clone(b.row.tags)
	b.row.only = re.onlyByte(b.row)
	if len(b.row.code) >= manyInsts {
		for _, list := range [][]inst{b.row.act, b.row.code} {
			for i := range list {
				if list[i].op == instStep {
					list[i].op = instWide
				}
			}
		}
	}
	size := int64(len(b.row.act) + len(b.row.code) + len(b.row.tags)/2 + 8)
	if used := re.used.Add(size); limit != nil && used > 1<<12 {
		if err := limit.Room(16 * uint64(used)); err != nil {
			return nil, err
		}
	}
	if err := budget.Charge(limit, int(16*size)); err != nil {
		return nil, err
	}
	re.cache.grown(size)
	return b.row, nil
}

// spend counts n steps, and reports whether there may be more. If not, err is
// why.
func (b *builder) spend(n int) bool {
	if b.work += n; b.work < 1<<12 || b.budget == nil {
		return b.err == nil
	}
	n = b.work
	b.work = 0
	if b.err == nil {
		b.err = b.budget.Tick(n >> 6)
	}
	return b.err == nil
}

func (re *Regexp) onlyByte(r *row) int {
	only := -1
	for c, class := range re.class {
		if r.act[class].op != instFail {
			if only >= 0 {
				return -1
			}
			only = c
		}
	}
	if r.eof.op != instFail {
		return -1
	}
	return only
}

// A builder makes a row: first a tree of the closure, then a pruned copy of
// it for each class.
type builder struct {
	re    *Regexp
	prog  *program
	row   *row
	begin bool // ^ holds
	end   bool // $ holds
	null  bool // accepting here counts

	budget budget.Budget
	work   int   // steps since the budget was asked
	err    error // of the budget; then what is returned means nothing

	tree    []branch
	root    int32
	leaves  int
	effort  effort
	visits  int
	visited []uint32 // by node: turn in which it was visited; for exploreFirst only leaves count
	turn    uint32
	missing int     // for exploreFirst: leaves not yet visited
	failed  []int32 // by node, for exploreAll: above 0 if this leaf failed once we get here
	trail   []int32 // nodes of all leaves so far
	reps    []uint8 // how often the body of a repetition was entered on the way here
	tags    int32   // the tags on the way here
	tagged  []bool  // by slot: whether it is in tags
	todo    []int32 // for countLeaves

	// What pruned keeps.
	member  byte
	accepts bool
}

func newBuilder(re *Regexp) *builder {
	return &builder{
		re:      re,
		visited: make([]uint32, len(re.nodes)),
		failed:  make([]int32, len(re.nodes)),
		reps:    make([]uint8, re.reps),
		tagged:  make([]bool, 2*(re.groups+1)),
	}
}

// visit reports whether node n is visited for the first time in this turn.
func (b *builder) visit(n int32) bool {
	first := b.visited[n] != b.turn
	b.visited[n] = b.turn
	return first
}

// newTurn forgets the visits.
func (b *builder) newTurn() {
	if b.turn++; b.turn == 0 {
		clear(b.visited)
		b.turn = 1
	}
}

// A branch is a node of the unpruned tree.
type branch struct {
	op   op    // opByte, opAccept, opRepeat, opAlt
	x, y int32 // the sides, -1 if they fail; for opByte: set and entry
	tags int32
}

// An effort is how exactly a closure is explored.
type effort uint8

const (
	// exploreAll keeps all ways that the reference follows, except to a leaf
	// that must have failed before.
	exploreAll effort = iota
	// exploreFirst keeps the first way to each leaf. That changes nothing if
	// the first accept wins, because a second way leads to the same accepts.
	exploreFirst
	// exploreNodes keeps the first way to each node.
	exploreNodes
)

func (b *builder) closure(start int32) {
	b.effort = exploreAll
	if !b.prog.longest || b.end || b.re.used.Load() > maxInsts/2 {
		// At the end of the text all accepts are equally long. The last
		// condition keeps rows small when they are to be the last ones.
		b.effort = exploreFirst
	}
	for ; ; b.effort++ {
		if b.effort == exploreFirst {
			b.missing = b.countLeaves(start)
		}
		b.newTurn()
		b.tree, b.trail, b.visits, b.leaves = b.tree[:0], b.trail[:0], 0, 0
		var ok bool
		if b.root, ok = b.walk(start); ok || b.err != nil {
			return
		}
	}
}

// countLeaves returns the number of leaves of the closure of start.
func (b *builder) countLeaves(start int32) int {
	count := 0
	b.newTurn()
	todo := append(b.todo[:0], start)
	defer func() { b.todo = todo }()
	for len(todo) > 0 {
		n := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if !b.visit(n) {
			continue
		}
		if !b.spend(1) {
			return 0
		}
		nd := &b.re.nodes[n]
		switch {
		case nd.op == opByte:
			if !b.end {
				count++
			}
			continue
		case nd.op == opAccept:
			count++
			continue
		case nd.op == opBol && !b.begin, nd.op == opEol && !b.end:
			continue
		case nd.op == opAlt, nd.op == opRepeat:
			todo = append(todo, nd.alt)
		}
		todo = append(todo, nd.next)
	}
	return count
}

// walk returns the tree of node n, -1 if it fails; false if it gets too large.
func (b *builder) walk(n int32) (int32, bool) {
	tags := b.tags
	t, ok := b.walkTagged(n)
	for b.tags != tags {
		top := b.row.tags[b.tags]
		b.tagged[top.slot] = false
		b.tags = top.next
	}
	return t, ok
}

// addTag adds a tag to those on the way here. A second one changes nothing,
// because both are for the same position.
func (b *builder) addTag(slot int32) {
	if b.tagged[slot] {
		return
	}
	b.tagged[slot] = true
	b.row.tags = append(b.row.tags, tag{slot: slot, next: b.tags})
	b.tags = int32(len(b.row.tags) - 1)
}

// walkTagged is walk, but leaves the tags changed.
func (b *builder) walkTagged(n int32) (int32, bool) {
	for {
		nd := &b.re.nodes[n]
		isLeaf := nd.op == opByte || nd.op == opAccept
		if nd.op == opByte && b.end {
			return -1, true
		}
		if !b.spend(1) {
			return -1, false
		}
		switch b.visits++; b.effort {
		case exploreAll:
			if b.visits > maxVisits {
				return -1, false
			}
			if isLeaf {
				if b.failed[n] > 0 {
					return -1, true
				}
				b.trail = append(b.trail, n)
			}
		case exploreFirst:
			if b.missing == 0 {
				return -1, true
			}
			if b.visits > maxVisits {
				return -1, false
			}
			if isLeaf {
				if !b.visit(n) {
					return -1, true
				}
				b.missing--
			}
		case exploreNodes:
			if !b.visit(n) {
				return -1, true
			}
		}
		switch nd.op {
		case opByte:
			return b.leaf(branch{op: opByte, x: nd.arg, y: b.re.entryOf[nd.next]})
		case opAccept:
			if !b.null {
				return -1, true
			}
			return b.leaf(branch{op: opAccept})
		case opBol:
			if !b.begin {
				return -1, true
			}
		case opEol:
			if !b.end {
				return -1, true
			}
		case opBegin:
			b.addTag(2 * nd.arg)
		case opEnd:
			b.addTag(2*nd.arg + 1)
		case opAlt, opRepeat:
			left, ok := int32(-1), true
			from := len(b.trail)
			if nd.op == opAlt {
				left, ok = b.walk(nd.alt)
			} else if b.reps[nd.arg] < 2 {
				b.reps[nd.arg]++
				left, ok = b.walk(nd.alt)
				b.reps[nd.arg]--
			}
			if !ok {
				return -1, false
			}
			if left < 0 {
				break // on to next
			}
			to := len(b.trail)
			if nd.op == opRepeat {
				b.fail(from, to, 1)
			}
			right, ok := b.walk(nd.next)
			if nd.op == opRepeat {
				b.fail(from, to, -1)
			}
			if !ok || right < 0 {
				return left, ok
			}
			b.tree = append(b.tree, branch{op: nd.op, x: left, y: right})
			return int32(len(b.tree) - 1), true
		}
		n = nd.next
	}
}

// fail records that the leaves b.trail[from:to] have failed, or takes it back.
// That is known where a repetition stops, because it does so only if all that
// its body leads to has failed.
func (b *builder) fail(from, to int, by int32) {
	for _, n := range b.trail[from:to] {
		b.failed[n] += by
	}
}

func (b *builder) leaf(br branch) (int32, bool) {
	b.leaves++
	if b.leaves > maxClosure && b.effort == exploreAll {
		return -1, false
	}
	br.tags = b.tags
	b.tree = append(b.tree, br)
	return int32(len(b.tree) - 1), true
}

// pruned returns the part of the tree that is left for b.member.
func (b *builder) pruned() inst {
	if b.root < 0 || b.err != nil {
		return inst{}
	}
	in, _ := b.prune(b.root)
	return in
}

// prune returns the part of branch t that is left, and whether it leads to a
// match for sure.
func (b *builder) prune(t int32) (inst, bool) {
	br := &b.tree[t]
	if !b.spend(1) {
		return inst{}, false
	}
	switch br.op {
	case opByte:
		if !b.re.sets[br.x].has(b.member) {
			return inst{}, false
		}
		sure := !b.prog.whole && b.re.accepts[b.re.entries[br.y]]
		return inst{op: instStep, x: br.y, tags: br.tags}, sure
	case opAccept:
		if !b.accepts {
			return inst{}, false
		}
		return inst{op: instAccept, tags: br.tags}, true
	}
	both := br.op == opAlt && b.prog.longest
	left, sure := b.prune(br.x)
	if sure && !both {
		return left, true
	}
	right, sureRight := b.prune(br.y)
	sure = sure || sureRight
	switch {
	case left.op == instFail:
		return right, sure
	case right.op == instFail:
		return left, sure
	}
	in := inst{op: instElse, x: b.emit(left), y: b.emit(right)}
	if both {
		in.op = instBoth
	}
	return in, sure
}

func (b *builder) emit(in inst) int32 {
	b.row.code = append(b.row.code, in)
	return int32(len(b.row.code) - 1)
}
