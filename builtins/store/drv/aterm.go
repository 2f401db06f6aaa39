package drv

// This file defines how a Derivation is written as an ATerm. The parts are separate functions, because the hash modulo
// is that of an ATerm with other inputs.

import (
	"math/bits"
	"strings"

	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/eval/budget"
)

// AppendATerm appends the text of the .drv file to b.
func (d *Derivation) AppendATerm(b []byte) []byte {
	p := printer{b: b}
	d.print(&p)
	return p.b
}

// Text returns the text of the .drv file. Unlike AppendATerm it asks the budget.
func (d *Derivation) Text() (string, error) {
	if !d.isLarge() {
		s := getScratch()
		defer s.put()
		s.small = d.AppendATerm(s.small[:0])
		return string(s.small), nil
	}
	size := 0
	count := printer{emit: func(b []byte) { size += len(b) }, budget: d.Budget}
	if d.print(&count); count.end() != nil {
		return "", count.err
	}
	if d.Budget != nil {
		if err := d.Budget.Room(uint64(size)); err != nil {
			return "", err
		}
	}
	var text strings.Builder
	text.Grow(size)
	p := printer{emit: func(b []byte) { text.Write(b) }, budget: d.Budget}
	d.print(&p)
	err := p.end()
	return text.String(), err
}

// isLarge reports whether d is better written in parts.
func (d *Derivation) isLarge() bool {
	const many, long = 1 << 10, 1 << 17
	if len(d.Outputs)+len(d.InputDrvs)+len(d.InputSrcs)+len(d.Args)+len(d.Env) > many {
		return true
	}
	size := len(d.System) + len(d.Builder)
	for _, arg := range d.Args {
		size += len(arg)
	}
	for i := range d.Env {
		size += len(d.Env[i].Name) + len(d.Env[i].Value)
	}
	return size > long
}

// A printer collects an ATerm, or hands it on in parts.
type printer struct {
	b      []byte
	emit   func(part []byte) // takes what is in b now and then; nil if everything stays there
	budget budget.Budget
	err    error // of the budget
}

// partLen is how long a part is, about.
const partLen = 1 << 14

// flush is called now and then. It reports whether to go on.
func (p *printer) flush() bool {
	if len(p.b) >= partLen && p.emit != nil {
		p.flushNow()
	}
	return p.err == nil
}

// flushNow hands on what is in b, and asks the budget.
func (p *printer) flushNow() {
	if p.err == nil {
		p.emit(p.b)
		if p.budget != nil {
			p.err = p.budget.Tick(1 + len(p.b)>>9)
		}
	}
	p.b = p.b[:0]
}

// end hands on the rest, and returns the error of the budget.
func (p *printer) end() error {
	if p.emit != nil {
		p.flushNow()
	}
	return p.err
}

// print prints d.
func (d *Derivation) print(p *printer) {
	d.head(p, false)
	p.inputs(d.InputDrvs)
	d.tail(p, nil, false)
}

// head prints everything in front of the input derivations. Masked, the paths of the outputs are empty.
func (d *Derivation) head(p *printer, masked bool) {
	b := p.b
	if hasDynamic(d.InputDrvs) {
		b = append(b, `DrvWithVersion("xp-dyn-drv",[`...)
	} else {
		b = append(b, "Derive(["...)
	}
	for i := range d.Outputs {
		o := &d.Outputs[i]
		if i > 0 {
			b = append(b, ',')
		}
		b = append(append(b, `("`...), o.Name...)
		b = append(b, `","`...)
		if !masked {
			b = append(b, o.Path...)
		}
		b = append(b, `","`...)
		if o.Kind >= Fixed {
			b = o.appendMethodAlgo(b)
		}
		b = append(b, `","`...)
		switch o.Kind {
		case Fixed:
			b = o.Hash.Append(b, nixhash.Base16, false)
		case Impure:
			b = append(b, "impure"...)
		}
		p.b = append(b, `")`...)
		if !p.flush() {
			return
		}
		b = p.b
	}
	p.b = append(b, "],["...)
}

// appendMethodAlgo appends how the contents are hashed, such as r:sha256.
func (o *Output) appendMethodAlgo(b []byte) []byte {
	algo := o.Algo
	if o.Kind == Fixed {
		algo = o.Hash.Algo
	}
	return append(append(b, o.Method.Prefix()...), algo.String()...)
}

// hasDynamic reports whether an input is the output of a derivation, which takes another form of the ATerm.
func hasDynamic(ins []InputDrv) bool {
	for i := range ins {
		if len(ins[i].Dynamic) > 0 {
			return true
		}
	}
	return false
}

// inputs prints the elements of a list of inputs.
func (p *printer) inputs(ins []InputDrv) {
	for i := range ins {
		in := &ins[i]
		if i > 0 {
			p.b = append(p.b, ',')
		}
		p.b = append(append(append(p.b, `("`...), in.Drv...), `",`...)
		if len(in.Dynamic) == 0 {
			p.plain(in.Outputs)
		} else {
			p.b = append(p.b, '(')
			p.plain(in.Outputs)
			p.b = append(p.b, ",["...)
			p.inputs(in.Dynamic)
			p.b = append(p.b, "])"...)
		}
		p.b = append(p.b, ')')
		if !p.flush() {
			return
		}
	}
}

// tail prints everything behind the elements of the input derivations. Masked, the variables of the outputs are empty,
// and where their values belong is added to holes.
func (d *Derivation) tail(p *printer, holes []hole, masked bool) []hole {
	p.b = append(p.b, "],"...)
	p.plain(d.InputSrcs)
	p.b = append(append(append(p.b, `,"`...), d.System...), `",`...) // Quirk: the system is not escaped.
	p.quoted(d.Builder)
	p.b = append(p.b, ",["...)
	for i, arg := range d.Args {
		if i > 0 {
			p.b = append(p.b, ',')
		}
		if !p.quoted(arg) {
			return nil
		}
	}
	p.b = append(p.b, "],["...)
	for i := range d.Env {
		v := &d.Env[i]
		if i > 0 {
			p.b = append(p.b, ',')
		}
		p.b = append(p.b, '(')
		p.quoted(v.Name)
		p.b = append(p.b, ',')
		if masked && d.Output(v.Name) != nil {
			p.b = append(p.b, '"')
			holes = append(holes, hole{at: len(p.b), env: i})
			p.b = append(p.b, '"')
		} else {
			p.quoted(v.Value)
		}
		p.b = append(p.b, ')')
		if !p.flush() {
			return nil
		}
	}
	p.b = append(p.b, "])"...)
	return holes
}

// A hole is a place in a masked ATerm where the value of an output's variable belongs.
type hole struct {
	at  int
	env int // index in Derivation.Env
}

// plain prints a list of strings that need no escapes.
func (p *printer) plain(list []string) {
	b := append(p.b, '[')
	for i, s := range list {
		if i > 0 {
			b = append(b, ',')
		}
		p.b = append(append(append(b, '"'), s...), '"')
		if !p.flush() {
			return
		}
		b = p.b
	}
	p.b = append(b, ']')
}

// escapes holds, for bytes that need a backslash, what follows it.
var escapes = [256]byte{'"': '"', '\\': '\\', '\n': 'n', '\r': 'r', '\t': 't'}

// quoted prints a string in quotes. It reports whether to go on.
func (p *printer) quoted(s string) bool {
	b := append(p.b, '"')
	for p.emit != nil && len(s) > partLen && p.err == nil {
		p.b = appendEscaped(b, s[:partLen])
		s = s[partLen:]
		p.flushNow()
		b = p.b
	}
	p.b = append(appendEscaped(b, s), '"')
	return p.flush()
}

// appendEscaped appends s with backslashes, which few texts need: what needs none is copied as it is.
func appendEscaped(b []byte, s string) []byte {
	start := 0
	for i := scan(s, 0); i < len(s); i = scan(s, i+1) {
		if e := escapes[s[i]]; e != 0 {
			b = append(b, s[start:i]...)
			b = append(b, '\\', e)
			start = i + 1
		}
	}
	return append(b, s[start:]...)
}

// scan returns the index of the next byte from i on that may need a backslash: a control character, '"' or '\\'. It
// returns len(s) if there is none. Looking at 8 bytes at once makes writing twice as fast.
func scan(s string, i int) int {
	const ones, highs = 0x0101010101010101, 0x8080808080808080
	for ; i+8 <= len(s); i += 8 {
		t := s[i : i+8]
		x := uint64(t[0]) | uint64(t[1])<<8 | uint64(t[2])<<16 | uint64(t[3])<<24 |
			uint64(t[4])<<32 | uint64(t[5])<<40 | uint64(t[6])<<48 | uint64(t[7])<<56
		// In x-n*ones a byte below n borrows, which sets its high bit; only bytes behind it can be hit by mistake.
		q, e := x^'"'*ones, x^'\\'*ones
		found := ((x-' '*ones)&^x | (q-ones)&^q | (e-ones)&^e) & highs
		if found != 0 {
			return i + bits.TrailingZeros64(found)/8
		}
	}
	for ; i < len(s); i++ {
		if c := s[i]; c < ' ' || c == '"' || c == '\\' {
			return i
		}
	}
	return i
}
