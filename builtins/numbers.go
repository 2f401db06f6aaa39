package builtins

// This file defines the builtins about numbers: arithmetic, bits, rounding, order.
//
// An integer has 64 bits in two's complement; a result out of range is an error and never
// wraps. A float is a double. An operation with one float operand is done in doubles, so
// an integer above 2^53 may lose its last digits there.
//
// The operators + - * / < are nodes of the evaluator and do not come here, unless a
// program passes these functions as values. All but the bits share the code of core
// (Call.Arith, Call.Less) with the operators, so the two cannot disagree.

import (
	"math"

	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/eval/numtext"
	"github.com/firn-lang/firn/lang"
)

// numberBuiltins returns the declarations of the builtins about numbers, by name. The
// first argument of each is forced whatever the second is, hence Early.
func numberBuiltins() []core.Builtin {
	return []core.Builtin{
		{
			Name:  "add",
			Order: 860,
			Args:  []string{"e1", "e2"},
			Early: 1,
			Doc: `
The sum of the numbers e1 and e2. Of two integers it is an integer. Unlike the operator + it does not take strings.

	builtins.add 1 2
	=> 3

	builtins.add 1 0.5
	=> 1.5

	builtins.add 9223372036854775807 1
	=> error: integer overflow in adding 9223372036854775807 + 1
`,
			Impl: func(c *core.Call) (heap.Value, error) { return arithmetic(c, lang.OpAdd) },
		},
		{
			Name:  "bitAnd",
			Order: 900,
			Args:  []string{"e1", "e2"},
			Early: 1,
			Doc: `
The bits that both of the integers e1 and e2 have.

	builtins.bitAnd 12 10
	=> 8
`,
			Impl: func(c *core.Call) (heap.Value, error) {
				return bitwise(c, func(a, b int64) int64 { return a & b })
			},
		},
		{
			Name:  "bitOr",
			Order: 910,
			Args:  []string{"e1", "e2"},
			Early: 1,
			Doc: `
The bits that at least one of the integers e1 and e2 has.

	builtins.bitOr 12 10
	=> 14
`,
			Impl: func(c *core.Call) (heap.Value, error) {
				return bitwise(c, func(a, b int64) int64 { return a | b })
			},
		},
		{
			Name:  "bitXor",
			Order: 920,
			Args:  []string{"e1", "e2"},
			Early: 1,
			Doc: `
The bits that one of the integers e1 and e2 has and the other one has not.

	builtins.bitXor 12 10
	=> 6
`,
			Impl: func(c *core.Call) (heap.Value, error) {
				return bitwise(c, func(a, b int64) int64 { return a ^ b })
			},
		},
		{
			Name:  "ceil",
			Order: 290,
			Args:  []string{"number"},
			Early: 1,
			Doc: `
The smallest integer that is not less than number.

	builtins.ceil 1.2
	=> 2

	builtins.ceil (-1.2)
	=> -1
`,
			Impl: func(c *core.Call) (heap.Value, error) {
				return round(c, math.Ceil, "while evaluating the first argument passed to builtins.ceil")
			},
		},
		{
			Name:  "div",
			Order: 890,
			Args:  []string{"e1", "e2"},
			Early: 1,
			Doc: `
e1 divided by e2. Of two integers the result is an integer, rounded towards zero.

	builtins.div 7 2
	=> 3

	builtins.div 7 2.0
	=> 3.5

	builtins.div 1 0
	=> error: division by zero
`,
			Impl: func(c *core.Call) (heap.Value, error) { return arithmetic(c, lang.OpDiv) },
		},
		{
			Name:  "floor",
			Order: 300,
			Args:  []string{"number"},
			Early: 1,
			Doc: `
The largest integer that is not greater than number.

	builtins.floor 1.8
	=> 1

	builtins.floor (-1.8)
	=> -2
`,
			Impl: func(c *core.Call) (heap.Value, error) {
				return round(c, math.Floor, "while evaluating the first argument passed to builtins.floor")
			},
		},
		{
			Name:  "lessThan",
			Order: 930,
			Args:  []string{"e1", "e2"},
			Early: 1,
			Doc: `
Is e1 less than e2? Numbers can be compared, and strings, paths and lists; lists are compared element by element.

	builtins.lessThan 1 1.5
	=> true

	builtins.lessThan [ 1 2 ] [ 1 ]
	=> false

	builtins.lessThan 1 "a"
	=> error: cannot compare an integer with a string; values are 1 and "a"
`,
			Impl: lessThan,
		},
		{
			Name:  "mul",
			Order: 880,
			Args:  []string{"e1", "e2"},
			Early: 1,
			Doc: `
The product of the numbers e1 and e2.

	builtins.mul 6 7
	=> 42

	builtins.mul 2 0.25
	=> 0.5
`,
			Impl: func(c *core.Call) (heap.Value, error) { return arithmetic(c, lang.OpMul) },
		},
		{
			Name:  "sub",
			Order: 870,
			Args:  []string{"e1", "e2"},
			Early: 1,
			Doc: `
The number e1 minus the number e2.

	builtins.sub 1 3
	=> -2
`,
			Impl: func(c *core.Call) (heap.Value, error) { return arithmetic(c, lang.OpSub) },
		},
	}
}

// arithmetic is builtins.add, sub, mul or div: like the operators, but without their
// positions and frames, and add does not add strings.
//
// Both arguments are forced, the first one first, before the type of either is checked:
// eval-fail-add-order in corpus/builtins. Division by zero is an error for floats, too
// (eval-fail-div-by-zero-float), and so is the one quotient of integers that has no room,
// the smallest integer by -1 (eval-fail-div-overflow).
//
// Quirk: div checks the type of its second argument before that of the first
// (eval-fail-div-second-first).
func arithmetic(c *core.Call, op lang.Op) (heap.Value, error) {
	a, err := c.Arg(0).Value()
	if err != nil {
		return 0, err
	}
	b, err := c.Arg(1).Value()
	if err != nil {
		return 0, err
	}
	return c.Arith(op, a, b)
}

// bitwise is builtins.bitAnd, bitOr or bitXor, on 64 bits in two's complement: all bits of
// -1 are set. Unlike arithmetic, it checks the type of the first argument before the
// second one is forced: eval-fail-bitAnd-order in corpus/builtins. Floats are refused.
func bitwise(c *core.Call, op func(a, b int64) int64) (heap.Value, error) {
	a, err := c.Arg(0).Int()
	if err != nil {
		return 0, err
	}
	b, err := c.Arg(1).Int()
	if err != nil {
		return 0, err
	}
	return c.Heap().NewInt(op(a, b)), nil
}

// round is builtins.ceil or floor: to rounds, words is the frame of an error. The result
// is an integer; a float that is out of its range, infinite or not a number is an error.
//
// Quirk: an integer goes through a double, too, and is an error if that changes it
// (eval-fail-ceil-int-precision in corpus/builtins) or takes it out of range
// (eval-fail-ceil-int-maximum). The reference once returned the changed integer
// (NixOS/nix#12899); 2.34.8 refuses, and so its messages speak of previous versions.
func round(c *core.Call, to func(float64) float64, words string) (heap.Value, error) {
	v, err := c.Arg(0).Value()
	if err != nil {
		return 0, c.Frame(err, "%s", words)
	}
	x, err := c.Need(heap.Lazy(v), words).Float()
	if err != nil {
		return 0, err
	}
	h := c.Heap()
	isInt := h.KindOf(v).IsInt()
	x = to(x)
	// Converting a float out of range is undefined in Go as in C++, so the range is
	// checked first. A comparison with NaN is false, which leads to the error at the end.
	const limit = 1 << 63 // 2^63; the largest integer, one less, is no float
	switch {
	case x >= -limit && x < limit:
		n := int64(x)
		if isInt && n != h.Int(v) {
			return 0, c.Errorf(core.CodeIntegerOverflow, "Due to a bug (see https://github.com/NixOS/nix/issues/12899) "+
				"a loss of precision occurred in previous Nix versions because the NixInt argument %d "+
				"was rounded to %d.\n\tFuture Nix versions might implement the correct behavior.", h.Int(v), n)
		}
		return h.NewInt(n), nil
	case isInt:
		return 0, c.Errorf(core.CodeIntegerOverflow, "Due to a bug (see https://github.com/NixOS/nix/issues/12899) "+
			"the NixInt argument %d caused undefined behavior in previous Nix versions.\n\t"+
			"Future Nix versions might implement the correct behavior.", h.Int(v))
	}
	return 0, c.Errorf(core.CodeIntegerOverflow, "NixFloat argument %s is not in the range of NixInt",
		string(numtext.AppendFloat(nil, h.Float(v))))
}

// lessThan is builtins.lessThan: both sides are forced, the first one first, before they
// are compared, as for <. Elements of lists are forced only up to the first pair that
// differs. Less gets no words, since the reference has no frame but that of the call.
//
// Quirk: an integer and a float are compared as doubles, so neighbours beyond 2^53 are
// neither less nor greater: eval-okay-lessThan-large-mixed in corpus/builtins. The order
// is not transitive there.
func lessThan(c *core.Call) (heap.Value, error) {
	a, err := c.Arg(0).Value()
	if err != nil {
		return 0, err
	}
	b, err := c.Arg(1).Value()
	if err != nil {
		return 0, err
	}
	less, err := c.Less(a, b, "")
	return heap.NewBool(less), err
}
