package builtins

// This file defines the builtins about numbers.
// Integers have 64 bits, and an overflow is an error. The operators are nodes of the
// evaluator and do not come here, unless a program passes these functions as values.

import (
	"math"

	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/eval/numtext"
	"github.com/firn-lang/firn/lang"
)

// numberBuiltins returns the declarations of the builtins about numbers, by name.
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

// bitwise is builtins.bitAnd, bitOr or bitXor, on 64 bits in two's complement.
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

// round rounds a number. An integer is rounded, too, as a float, and it is an
// error if that changes it: NixOS/nix#12899.
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

// lessThan is builtins.lessThan: both sides are forced before they are compared, as for <.
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
