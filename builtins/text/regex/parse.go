package regex

// This file defines the parser: pattern to nodes.

import (
	"strings"

	"github.com/firn-lang/firn/eval/budget"
)

// maxNodes is the reference's limit on the size of an automaton. Nodes are
// counted as it counts them, because the limit can be observed.
const maxNodes = 100000

type op uint8

const (
	opDummy  op = iota // goes on at next
	opByte             // consumes a byte of sets[arg]
	opAlt              // alt, and also next
	opRepeat           // alt; next only if alt led to no match. arg numbers the repetitions
	opBegin            // group arg begins
	opEnd              // group arg ends
	opBol              // ^
	opEol              // $
	opAccept
)

type node struct {
	op        op
	next, alt int32 // -1 if absent
	arg       int32
}

// A fragment is a part of the automaton with one way in and one way out.
type fragment struct{ start, end int32 }

type parser struct {
	src    string
	pos    int
	mode   scanMode
	budget budget.Budget
	work   int // steps since the budget was asked
	// atBracketStart: the next byte is the first one of a bracket expression.
	atBracketStart bool

	tok   token  // the token after the last consumed one
	val   string // text of tok, where it has one
	last  string // text of the last consumed token
	fail  error  // set by the scanner; then tok is tokError
	nodes []node
	sets  []set
	index map[set]int32 // of sets
	open  int           // number of groups so far
	reps  int32
}

type scanMode uint8

const (
	scanNormal scanMode = iota
	scanBracket
	scanBrace
)

type token uint8

const (
	tokEOF token = iota
	tokError
	tokAny
	tokByte
	tokOpen
	tokClose
	tokBracket
	tokBracketNot
	tokBracketEnd
	tokDash
	tokClass
	tokCollate
	tokEquiv
	tokBrace
	tokBraceEnd
	tokComma
	tokNumber
	tokStar
	tokPlus
	tokOpt
	tokOr
	tokBol
	tokEol
)

// special lists the bytes that are not themselves; a backslash may stand
// before these and nothing else.
const special = `.[\()*+?{|^$`

// advance scans the next token.
func (p *parser) advance() {
	start := p.pos
	p.scan()
	if err := p.spend(1 + p.pos - start); err != nil {
		p.tok, p.fail = tokError, err
	}
}

func (p *parser) scan() {
	if p.pos == len(p.src) {
		p.tok = tokEOF
		return
	}
	switch p.mode {
	case scanNormal:
		p.scanNormal()
	case scanBracket:
		p.scanBracket()
	case scanBrace:
		p.scanBrace()
	}
}

func (p *parser) scanNormal() {
	c := p.src[p.pos]
	p.pos++
	switch c {
	case '\\':
		if p.pos == len(p.src) || strings.IndexByte(special, p.src[p.pos]) < 0 {
			p.tok = tokError
			return
		}
		p.tok, p.val = tokByte, p.src[p.pos:p.pos+1]
		p.pos++
	case '(':
		p.tok = tokOpen
	case ')':
		p.tok = tokClose
	case '[':
		p.mode, p.atBracketStart = scanBracket, true
		p.tok = tokBracket
		if p.pos < len(p.src) && p.src[p.pos] == '^' {
			p.tok = tokBracketNot
			p.pos++
		}
	case '{':
		p.mode = scanBrace
		p.tok = tokBrace
	case '.':
		p.tok = tokAny
	case '*':
		p.tok = tokStar
	case '+':
		p.tok = tokPlus
	case '?':
		p.tok = tokOpt
	case '|':
		p.tok = tokOr
	case '^':
		p.tok = tokBol
	case '$':
		p.tok = tokEol
	case 0:
		p.tok = tokError
	default:
		p.tok, p.val = tokByte, p.src[p.pos-1:p.pos]
	}
}

func (p *parser) scanBracket() {
	c := p.src[p.pos]
	p.pos++
	first := p.atBracketStart
	p.atBracketStart = false
	switch {
	case c == '-':
		p.tok = tokDash
	case c == '[':
		if p.pos == len(p.src) {
			p.tok = tokError
			return
		}
		switch d := p.src[p.pos]; d {
		case '.':
			p.scanName(d, tokCollate)
		case ':':
			p.scanName(d, tokClass)
		case '=':
			p.scanName(d, tokEquiv)
		default:
			p.tok, p.val = tokByte, "["
		}
	case c == ']' && !first:
		p.mode = scanNormal
		p.tok = tokBracketEnd
	default:
		// A backslash too: it has no meaning between brackets.
		p.tok, p.val = tokByte, p.src[p.pos-1:p.pos]
	}
}

// scanName reads the rest of [:name:], [.name.] or [=name=], from the first
// delimiter on.
func (p *parser) scanName(delim byte, tok token) {
	rest := p.src[p.pos+1:]
	n := strings.IndexByte(rest, delim)
	if n < 0 || n+1 >= len(rest) || rest[n+1] != ']' {
		p.tok = tokError
		return
	}
	p.tok, p.val = tok, rest[:n]
	p.pos += 1 + n + 2
}

func (p *parser) scanBrace() {
	start := p.pos
	c := p.src[p.pos]
	p.pos++
	switch {
	case isDigit(c):
		for p.pos < len(p.src) && isDigit(p.src[p.pos]) {
			p.pos++
		}
		p.tok, p.val = tokNumber, p.src[start:p.pos]
	case c == ',':
		p.tok = tokComma
	case c == '}':
		p.mode = scanNormal
		p.tok = tokBraceEnd
	default:
		p.tok = tokError
	}
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// accept consumes the next token if it is tok.
//
// The token after it is scanned at once, as in the reference: which of two
// errors in a pattern is reported depends on that.
func (p *parser) accept(tok token) bool {
	if p.tok != tok {
		return false
	}
	p.last = p.val
	p.advance()
	if p.tok == tokError && p.fail == nil {
		p.fail = errSyntax
	}
	return true
}

// spend counts n steps.
func (p *parser) spend(n int) error {
	if p.work += n; p.work < 1<<12 || p.budget == nil {
		return nil
	}
	n = p.work
	p.work = 0
	return p.budget.Tick(n >> 6)
}

func (p *parser) add(n node) (int32, error) {
	if p.fail != nil {
		return 0, p.fail
	}
	if len(p.nodes) >= maxNodes {
		return 0, errSpace
	}
	p.nodes = append(p.nodes, n)
	return int32(len(p.nodes) - 1), nil
}

func (p *parser) addOne(n node) (fragment, error) {
	id, err := p.add(n)
	return fragment{id, id}, err
}

// link lets f go on as g.
func (p *parser) link(f *fragment, g fragment) {
	p.nodes[f.end].next = g.start
	f.end = g.end
}

func (p *parser) addSet(s set) (fragment, error) {
	i, ok := p.index[s]
	if !ok {
		i = int32(len(p.sets))
		p.sets = append(p.sets, s)
		p.index[s] = i
	}
	return p.addOne(node{op: opByte, next: -1, alt: -1, arg: i})
}

// parse parses the whole pattern. Node 0 is the start.
func (p *parser) parse() error {
	p.index = map[set]int32{}
	p.advance()
	if p.fail != nil {
		return p.fail
	}
	if p.tok == tokError {
		return errSyntax
	}
	// The pattern as a whole is group 0 in the reference; these two nodes
	// stand for it, so that the count of nodes is right.
	whole, err := p.addOne(node{op: opDummy, next: -1, alt: -1})
	if err != nil {
		return err
	}
	body, err := p.disjunction()
	if err != nil {
		return err
	}
	if p.tok != tokEOF {
		return errSyntax
	}
	p.link(&whole, body)
	for _, o := range []op{opDummy, opAccept} {
		f, err := p.addOne(node{op: o, next: -1, alt: -1})
		if err != nil {
			return err
		}
		p.link(&whole, f)
	}
	for i := range p.nodes {
		n := &p.nodes[i]
		n.next, n.alt = p.skipDummies(n.next), p.skipDummies(n.alt)
	}
	return nil
}

func (p *parser) skipDummies(id int32) int32 {
	end := id
	for end >= 0 && p.nodes[end].op == opDummy {
		end = p.nodes[end].next
	}
	// The way is shorter the next time.
	for id != end {
		id, p.nodes[id].next = p.nodes[id].next, end
	}
	return end
}

func (p *parser) disjunction() (fragment, error) {
	left, err := p.sequence()
	if err != nil {
		return left, err
	}
	for p.accept(tokOr) {
		right, err := p.sequence()
		if err != nil {
			return right, err
		}
		end, err := p.addOne(node{op: opDummy, next: -1, alt: -1})
		if err != nil {
			return end, err
		}
		p.link(&left, end)
		p.link(&right, end)
		id, err := p.add(node{op: opAlt, next: right.start, alt: left.start})
		if err != nil {
			return end, err
		}
		left = fragment{id, end.end}
	}
	return left, p.fail
}

func (p *parser) sequence() (fragment, error) {
	var seq fragment
	for n := 0; ; n++ {
		f, ok, err := p.term()
		if err != nil {
			return f, err
		}
		if !ok {
			if f, err = p.addOne(node{op: opDummy, next: -1, alt: -1}); err != nil {
				return f, err
			}
		}
		if n == 0 {
			seq = f
		} else {
			p.link(&seq, f)
		}
		if !ok {
			return seq, nil
		}
	}
}

// term parses an anchor, or an atom with its repetitions; false if none is
// there, which the caller has to judge.
func (p *parser) term() (fragment, bool, error) {
	var f fragment
	var err error
	switch {
	case p.accept(tokBol):
		f, err = p.addOne(node{op: opBol, next: -1, alt: -1})
		return f, true, err
	case p.accept(tokEol):
		f, err = p.addOne(node{op: opEol, next: -1, alt: -1})
		return f, true, err
	}
	first := int32(len(p.nodes))
	switch {
	case p.accept(tokAny):
		f, err = p.addSet(anySet())
	case p.accept(tokByte):
		var s set
		s.add(p.last[0])
		f, err = p.addSet(s)
	case p.accept(tokOpen):
		f, err = p.group()
	case p.accept(tokBracket):
		f, err = p.bracket(false)
	case p.accept(tokBracketNot):
		f, err = p.bracket(true)
	default:
		return f, false, p.fail
	}
	for ok := true; ok && err == nil; {
		f, ok, err = p.repetition(f, first)
	}
	return f, true, err
}

func (p *parser) group() (fragment, error) {
	p.open++
	number := int32(p.open)
	f, err := p.addOne(node{op: opBegin, next: -1, alt: -1, arg: number})
	if err != nil {
		return f, err
	}
	body, err := p.disjunction()
	if err != nil {
		return f, err
	}
	if !p.accept(tokClose) {
		return f, errSyntax
	}
	p.link(&f, body)
	end, err := p.addOne(node{op: opEnd, next: -1, alt: -1, arg: number})
	if err == nil {
		p.link(&f, end)
	}
	return f, err
}

func (p *parser) addRepeat(next, alt int32) (int32, error) {
	p.reps++
	return p.add(node{op: opRepeat, next: next, alt: alt, arg: p.reps - 1})
}

// repetition parses one of * + ? {} after f, whose nodes are those from first
// on; false if none is there.
func (p *parser) repetition(f fragment, first int32) (fragment, bool, error) {
	switch {
	case p.accept(tokStar):
		id, err := p.addRepeat(-1, f.start)
		if err != nil {
			return f, false, err
		}
		r := fragment{id, id}
		p.link(&f, r)
		return r, true, nil
	case p.accept(tokPlus):
		id, err := p.addRepeat(-1, f.start)
		if err != nil {
			return f, false, err
		}
		p.link(&f, fragment{id, id})
		return f, true, nil
	case p.accept(tokOpt):
		end, err := p.addOne(node{op: opDummy, next: -1, alt: -1})
		if err != nil {
			return f, false, err
		}
		id, err := p.addRepeat(-1, f.start)
		if err != nil {
			return f, false, err
		}
		r := fragment{id, id}
		p.link(&f, end)
		p.link(&r, end)
		return r, true, nil
	case p.accept(tokBrace):
		f, err := p.interval(f, first)
		return f, true, err
	}
	return f, false, p.fail
}

func (p *parser) interval(f fragment, first int32) (fragment, error) {
	var low, high int
	unbounded := false
	if !p.accept(tokNumber) {
		return f, errSyntax
	}
	// The reference makes a node before it reads the number.
	seq, err := p.addOne(node{op: opDummy, next: -1, alt: -1})
	if err != nil {
		return f, err
	}
	low, ok := parseCount(p.last)
	if !ok {
		return f, errSyntax
	}
	high = low
	if p.accept(tokComma) {
		if p.accept(tokNumber) {
			if high, ok = parseCount(p.last); !ok {
				return f, errSyntax
			}
		} else {
			unbounded = true
		}
	}
	if !p.accept(tokBraceEnd) {
		return f, errSyntax
	}
	if p.fail != nil {
		return f, p.fail
	}
	if err := p.spend(len(p.nodes) - int(first)); err != nil {
		return f, err
	}
	t := p.template(f, first)
	for range low {
		c, err := p.clone(t)
		if err != nil {
			return f, err
		}
		p.link(&seq, c)
	}
	if unbounded {
		c, err := p.clone(t)
		if err != nil {
			return f, err
		}
		id, err := p.addRepeat(-1, c.start)
		if err != nil {
			return f, err
		}
		r := fragment{id, id}
		p.link(&c, r)
		p.link(&seq, r)
		return seq, nil
	}
	if high < low {
		return f, errSyntax
	}
	end, err := p.addOne(node{op: opDummy, next: -1, alt: -1})
	if err != nil {
		return f, err
	}
	for range high - low {
		c, err := p.clone(t)
		if err != nil {
			return f, err
		}
		id, err := p.addRepeat(end.start, c.start)
		if err != nil {
			return f, err
		}
		// Not link: next of the repetition is the way out, not the body.
		p.nodes[seq.end].next = id
		seq.end = c.end
	}
	p.link(&seq, end)
	return seq, nil
}

// parseCount reads a number of at most 31 bits.
func parseCount(s string) (int, bool) {
	n := 0
	for i := range len(s) {
		n = n*10 + int(s[i]-'0')
		if n > 1<<31-1 {
			return 0, false
		}
	}
	return n, true
}

// A template is a fragment prepared for cloning.
type template struct {
	fragment
	nodes []int32
	first int32
	rank  []int32 // index into nodes, by node number from first on
}

// template prepares f, whose nodes all come at or after first.
func (p *parser) template(f fragment, first int32) template {
	t := template{fragment: f, first: first, rank: make([]int32, len(p.nodes)-int(first))}
	for i := range t.rank {
		t.rank[i] = -1
	}
	visit := func(n int32) {
		if n >= 0 && t.rank[n-first] < 0 {
			t.rank[n-first] = int32(len(t.nodes))
			t.nodes = append(t.nodes, n)
		}
	}
	visit(f.start)
	for i := 0; i < len(t.nodes); i++ {
		n := p.nodes[t.nodes[i]]
		visit(n.alt)
		visit(n.next)
	}
	return t
}

func (p *parser) clone(t template) (fragment, error) {
	if len(p.nodes)+len(t.nodes) > maxNodes {
		return t.fragment, errSpace
	}
	if err := p.spend(len(t.nodes)); err != nil {
		return t.fragment, err
	}
	base := int32(len(p.nodes))
	copyOf := func(n int32) int32 { return base + t.rank[n-t.first] }
	for _, id := range t.nodes {
		n := p.nodes[id]
		if n.next >= 0 {
			n.next = copyOf(n.next)
		}
		if n.alt >= 0 {
			n.alt = copyOf(n.alt)
		}
		if n.op == opRepeat {
			n.arg = p.reps
			p.reps++
		}
		p.nodes = append(p.nodes, n)
	}
	return fragment{copyOf(t.start), copyOf(t.end)}, nil
}
