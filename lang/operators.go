package lang

// This file defines how operators are parsed: by precedence climbing, from the
// table in token.go. It is the one production that tags do not describe.

// An operation is operands and operators:
//
//	operation = "!" operation | "-" operation | operandExpr
//	          | operation operator operation
//	          | operation "?" attr ( "." attr )*
//
//lint:ignore U1000 participle needs it, with the tag reflective
type operation struct {
	production
	node Expr // set later: participle makes structs before there are nodes
}

func (p *parser) parseOperation() Expr { return p.climb(1) }

// climb parses an operation of operators that bind at least as tightly as min.
func (p *parser) climb(min uint8) Expr {
	var x Expr
	start := p.pos(p.tok)
	switch p.kind {
	case tokNot:
		x = p.prefix(OpNot)
	case tokMinus:
		x = p.prefix(OpNegate)
	default:
		x = p.operand().node
	}
	var last Op
	for n := 0; !p.failed && p.kind > 0; n++ {
		op := binaryOps[p.kind]
		info := &operators[op]
		if op == OpNone || info.prec < min {
			break
		}
		if last != OpNone && info.prec == operators[last].prec {
			if info.assoc == assocNone {
				p.unexpected()
				return nil
			}
			if info.assoc != operators[last].assoc {
				break // |> and <| do not mix: the caller finds the operator unexpected
			}
		}
		if p.depth+n > maxDepth {
			p.depth += n
			p.enter()
			return nil
		}
		last = op
		x = p.binary(start, x, op)
	}
	if p.failed {
		return nil
	}
	return x
}

// nested is climb one level further in.
func (p *parser) nested(min uint8) Expr {
	if !p.enter() {
		return nil
	}
	var x Expr
	if p.depth < p.full {
		x = p.climb(min)
	} else {
		x = p.apart(func(p *parser) Expr { return p.climb(min) })
	}
	p.depth--
	return x
}

func (p *parser) prefix(op Op) Expr {
	at := p.pos(p.tok)
	p.next()
	x := p.nested(operators[op].prec)
	if p.failed {
		return nil
	}
	return &Unary{At: at, End: x.Span().End, Op: op, X: x}
}

// binary parses the operator op, which is next, and what is on its right. start
// is where x starts.
func (p *parser) binary(start Pos, x Expr, op Op) Expr {
	at := p.pos(p.tok)
	p.next()
	if op == OpHasAttr {
		return p.hasAttr(x, at)
	}
	min := operators[op].prec
	if operators[op].assoc != assocRight {
		min++
	}
	if op == OpPipeLeft {
		min++ // not |>, which does not mix with it
	}
	right := p.pos(p.tok)
	y := p.nested(min)
	if op == OpPipeLeft && p.kind == tokPipeLeft && p.enter() {
		y = p.binary(right, y, op)
		p.depth--
	}
	if p.failed {
		return nil
	}
	switch op {
	case OpPipeRight:
		return p.call(at, y, x)
	case OpPipeLeft:
		return p.call(at, x, y)
	}
	return &Binary{At: start, End: y.Span().End, OpPos: at, Op: op, X: x, Y: y}
}

func (p *parser) hasAttr(x Expr, op Pos) Expr {
	mark := p.stacks.mark()
	for {
		var a attr
		p.parseAttr(&a)
		if p.failed {
			p.stacks.release(mark)
			return nil
		}
		p.stacks.attr = append(p.stacks.attr, a)
		if p.kind != tokDot {
			break
		}
		p.next()
	}
	path := p.stacks.attr[mark.attr:]
	h := &HasAttr{At: x.Span().Start, End: p.attrEnd(path), Op: op, X: x, Path: p.attrPath(path)}
	p.stacks.release(mark)
	return h
}
