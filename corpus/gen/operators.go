package gen

// This file defines the operators, and how they are strung together without
// parentheses.

type associativity int

const (
	left associativity = iota
	right
	none
)

type operator struct {
	text       string
	precedence int // higher binds tighter
	assoc      associativity
}

var binaryOperators = []operator{
	{"->", 1, right},
	{"||", 2, left},
	{"&&", 3, left},
	{"==", 4, none},
	{"!=", 4, none},
	{"<", 5, none},
	{">", 5, none},
	{"<=", 5, none},
	{">=", 5, none},
	{"//", 6, right},
	{"+", 8, left},
	{"-", 8, left},
	{"*", 9, left},
	{"/", 9, left},
	{"++", 10, right},
	hasAttr,
}

var (
	not     = operator{"!", 7, left}
	hasAttr = operator{"?", 11, none} // takes an attribute path, so nothing waits for its right side
	negate  = operator{"-", 12, none}
)

// op writes operands and operators in a row. The parser must find out how
// they nest: -a ++ !b + c.
func (g *generator) op() {
	var open pending
	for {
		open = g.prefixes(open)
		g.app()
		o, ok := g.infix(&open)
		if !ok {
			return
		}
		g.tok(o.text)
	}
}

func (g *generator) prefixes(open pending) pending {
	for g.chance(0.08) {
		o := not
		if g.chance(0.5) {
			o = negate
		}
		g.chosen["unary "+o.text] = true
		g.tok(o.text)
		open = append(open, o)
	}
	return open
}

// infix chooses an operator that may follow the operand just written. All of
// "? path" is written here, as what follows it is no operand.
func (g *generator) infix(open *pending) (o operator, ok bool) {
	for g.more(0.25) {
		o = binaryOperators[g.IntN(len(binaryOperators))]
		if !open.admit(o) {
			continue
		}
		g.chosen["operator "+o.text] = true
		if o != hasAttr {
			return o, true
		}
		g.tok("?")
		g.attrPath()
	}
	return o, false
}

// pending are the operators whose right operand is not complete, outermost
// first, as on the stack of a shift-reduce parser.
type pending []operator

// admit completes the operands that end before o and adds o; it reports false
// if o may not stand here, because it does not associate with one of them.
func (p *pending) admit(o operator) bool {
	open := *p
	for n := len(open); n > 0; n-- {
		top := open[n-1]
		if top.precedence < o.precedence || top.precedence == o.precedence && o.assoc == right {
			break
		}
		if top.precedence == o.precedence && o.assoc == none {
			return false
		}
		open = open[:n-1]
	}
	if o != hasAttr {
		open = append(open, o)
	}
	*p = open
	return true
}
