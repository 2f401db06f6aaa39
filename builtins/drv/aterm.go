package drv

// This file defines how a Derivation is written as an ATerm. The parts are separate functions, because the hash modulo
// is that of an ATerm with other inputs.

import (
	"math/bits"

	"github.com/firn-lang/firn/builtins/nixhash"
)

// AppendATerm appends the text of the .drv file to b.
func (d *Derivation) AppendATerm(b []byte) []byte {
	b = d.appendHead(b, false)
	b = appendInputs(b, d.InputDrvs)
	b, _ = d.appendTail(b, nil, false)
	return b
}

// appendHead appends everything in front of the input derivations. Masked, the paths of the outputs are empty.
func (d *Derivation) appendHead(b []byte, masked bool) []byte {
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
		b = append(b, `")`...)
	}
	return append(b, "],["...)
}

// appendMethodAlgo appends how the contents are hashed, such as r:sha256.
func (o *Output) appendMethodAlgo(b []byte) []byte {
	algo := o.Algo
	if o.Kind == Fixed {
		algo = o.Hash.Algo
	}
	return append(append(b, o.Method.Prefix()...), algo.String()...)
}

func hasDynamic(ins []InputDrv) bool {
	for i := range ins {
		if len(ins[i].Dynamic) > 0 {
			return true
		}
	}
	return false
}

// appendInputs appends the elements of a list of inputs.
func appendInputs(b []byte, ins []InputDrv) []byte {
	for i := range ins {
		in := &ins[i]
		if i > 0 {
			b = append(b, ',')
		}
		b = append(append(append(b, `("`...), in.Drv...), `",`...)
		if len(in.Dynamic) == 0 {
			b = appendPlain(b, in.Outputs)
		} else {
			b = append(b, '(')
			b = appendPlain(b, in.Outputs)
			b = append(b, ",["...)
			b = appendInputs(b, in.Dynamic)
			b = append(b, "])"...)
		}
		b = append(b, ')')
	}
	return b
}

// appendTail appends everything behind the elements of the input derivations. Masked, the variables of the outputs are
// empty, and where their values belong is added to holes.
func (d *Derivation) appendTail(b []byte, holes []hole, masked bool) ([]byte, []hole) {
	b = append(b, "],"...)
	b = appendPlain(b, d.InputSrcs)
	b = append(append(append(b, `,"`...), d.System...), `",`...) // Quirk: the system is not escaped.
	b = appendQuoted(b, d.Builder)
	b = append(b, ",["...)
	for i, arg := range d.Args {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendQuoted(b, arg)
	}
	b = append(b, "],["...)
	for i := range d.Env {
		v := &d.Env[i]
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, '(')
		b = appendQuoted(b, v.Name)
		b = append(b, ',')
		if masked && d.Output(v.Name) != nil {
			b = append(b, '"')
			holes = append(holes, hole{at: len(b), env: i})
			b = append(b, '"')
		} else {
			b = appendQuoted(b, v.Value)
		}
		b = append(b, ')')
	}
	return append(b, "])"...), holes
}

// A hole is a place in a masked ATerm where the value of an output's variable belongs.
type hole struct {
	at  int
	env int // index in Derivation.Env
}

// appendPlain appends a list of strings that need no escapes.
func appendPlain(b []byte, list []string) []byte {
	b = append(b, '[')
	for i, s := range list {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(append(append(b, '"'), s...), '"')
	}
	return append(b, ']')
}

// escapes holds, for bytes that need a backslash, what follows it.
var escapes = [256]byte{'"': '"', '\\': '\\', '\n': 'n', '\r': 'r', '\t': 't'}

func appendQuoted(b []byte, s string) []byte {
	b = append(b, '"')
	b = appendEscaped(b, s)
	return append(b, '"')
}

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
