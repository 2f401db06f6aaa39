package builtins

// This file defines the builtins about lists.
// Elements stay thunks wherever the language allows it. An element that is forced is
// forced in its place (ForceSlot), so that all users of the list find the value.
// Loops that apply a function need no step of the budget, since each call counts; other
// loops call budget.Step, or work in parts.
//
// A function that is applied is forced before the first application. Whether it is forced for
// an empty list, and before or after the list, differs from builtin to builtin, as in the
// reference (2.34.8, asked with a throw for each argument): any, all, concatMap and foldl'
// force it first and always; filter, map and sort force the list first, and for an empty one
// that is all. genList forces the length, then always the generator.
//
// Lists are immutable, so a result may be an argument itself, where the reference does so too.

import (
	"math"

	"github.com/firn-lang/firn/eval/budget"
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/heap"
)

// listBuiltins returns the declarations of the builtins about lists, by name.
func listBuiltins() []core.Builtin {
	return []core.Builtin{
		{
			Name:  "all",
			Order: 800,
			Args:  []string{"pred", "list"},
			Early: 1,
			Doc: `
Does pred hold for every element of list? Elements are tried from the left until one fails.

	builtins.all (x: x < 3) [ 1 2 ]
	=> true

	builtins.all (x: x < 3) [ 1 5 (throw "not reached") ]
	=> false
`,
			Impl: func(c *core.Call) (heap.Value, error) {
				return anyOrAll(c, false, "while evaluating the return value of the function passed to builtins.all")
			},
		},
		{
			Name:  "any",
			Order: 790,
			Args:  []string{"pred", "list"},
			Early: 1,
			Doc: `
Does pred hold for some element of list? Elements are tried from the left until it does.

	builtins.any builtins.isString [ 1 "a" (throw "not reached") ]
	=> true

	builtins.any builtins.isString [ ]
	=> false
`,
			Impl: func(c *core.Call) (heap.Value, error) {
				return anyOrAll(c, true, "while evaluating the return value of the function passed to builtins.any")
			},
		},
		{
			Name:  "concatLists",
			Order: 760,
			Args:  []string{"lists"},
			Early: 1,
			Doc: `
The elements of all lists in one list.

	builtins.concatLists [ [ 1 2 ] [ ] [ 3 ] ]
	=> [ 1 2 3 ]
`,
			Impl: concatLists,
		},
		{
			Name:  "concatMap",
			Order: 850,
			Args:  []string{"f", "list"},
			Early: 1,
			Doc: `
Applies f, which has to return lists, to each element of list, and returns the elements of all these lists.

	builtins.concatMap (x: [ x (x * 10) ]) [ 1 2 ]
	=> [ 1 10 2 20 ]
`,
			Impl: concatMap,
		},
		{
			Name:  "elem",
			Order: 750,
			Args:  []string{"x", "xs"},
			Early: 2,
			Doc: `
Is x an element of xs? Elements are compared from the left and forced only until one is equal.

	builtins.elem 2 [ 1 2 (throw "not reached") ]
	=> true
`,
			Impl: elem,
		},
		{
			Name:  "elemAt",
			Order: 700,
			Args:  []string{"xs", "n"},
			Early: 2,
			Doc: `
Element n of the list xs, counted from 0.

	builtins.elemAt [ "a" "b" "c" ] 1
	=> "b"

	builtins.elemAt [ "a" ] 1
	=> error: 'builtins.elemAt' called with index 1 on a list of size 1
`,
			Impl: elemAt,
		},
		{
			Name:  "filter",
			Order: 740,
			Args:  []string{"f", "list"},
			Early: 2,
			Doc: `
Those elements of list for which f returns true.

	builtins.filter (x: x > 1) [ 3 1 2 ]
	=> [ 3 2 ]
`,
			Impl: filter,
		},
		{
			Name:  "foldl'",
			Order: 780,
			Args:  []string{"op", "nul", "list"},
			Early: 1,
			Doc: `
Folds list from the left: op is applied to nul and the first element, then to that result and the second
element, and so on. Every intermediate result is forced, but nul only if list is empty or op needs it.

	builtins.foldl' (sum: x: sum + x) 0 [ 1 2 3 ]
	=> 6

	builtins.foldl' (acc: x: [ x ] ++ acc) [ ] [ 1 2 3 ]
	=> [ 3 2 1 ]
`,
			Impl: foldl,
		},
		{
			Name:  "genList",
			Order: 810,
			Args:  []string{"generator", "length"},
			Early: 2,
			Doc: `
A list of that length. Element i, counted from 0, is generator i; it is computed when it is needed.

	builtins.genList (i: i * i) 5
	=> [ 0 1 4 9 16 ]
`,
			Impl: genList,
		},
		{
			Name:  "genericClosure",
			Order: 240,
			Args:  []string{"attrset"},
			Early: 1,
			Doc: `
Everything that is reachable from a set of things. Of attrset, the attribute startSet is the list to begin with, and
operator is a function that returns the list of what its argument leads to. All of these are sets with an attribute
key; of those with equal keys only the first one counts. Keys must be of types that can be compared with <.

	builtins.genericClosure {
	  startSet = [ { key = 12; } ];
	  operator = x: if x.key > 2 then [ { key = x.key / 2; } { key = x.key / 3; } ] else [ ];
	}
	=> [ { key = 12; } { key = 6; } { key = 4; } { key = 3; } { key = 2; } { key = 1; } ]
`,
			Impl: genericClosure,
		},
		{
			Name:  "groupBy",
			Order: 840,
			Args:  []string{"f", "list"},
			Early: 1,
			Doc: `
Groups the elements of list by the string that f returns for each of them.

	builtins.groupBy (builtins.substring 0 1) [ "ant" "bee" "ape" ]
	=> { a = [ "ant" "ape" ]; b = [ "bee" ]; }
`,
			Impl: groupBy,
		},
		{
			Name:  "head",
			Order: 710,
			Args:  []string{"list"},
			Early: 1,
			Doc: `
The first element of list.

	builtins.head [ 1 2 ]
	=> 1

	builtins.head [ ]
	=> error: 'builtins.head' called on an empty list
`,
			Impl: head,
		},
		{
			Name:  "length",
			Order: 770,
			Args:  []string{"e"},
			Early: 1,
			Doc: `
How many elements the list e has. They are not evaluated.

	builtins.length [ 1 (throw "not needed") ]
	=> 2
`,
			Impl: length,
		},
		{
			Name:   "map",
			Order:  730,
			Early:  2,
			Args:   []string{"f", "list"},
			Global: "map",
			Doc: `
Applies f to each element of list, when the result is needed.

	map (x: x + 1) [ 1 2 3 ]
	=> [ 2 3 4 ]
`,
			Impl: mapList,
		},
		{
			Name:  "partition",
			Order: 830,
			Args:  []string{"pred", "list"},
			Early: 1,
			Doc: `
Splits list into the elements for which pred returns true, in the attribute right, and the others, in wrong.

	builtins.partition (x: x > 10) [ 1 23 9 42 ]
	=> { right = [ 23 42 ]; wrong = [ 1 9 ]; }
`,
			Impl: partition,
		},
		{
			Name:  "sort",
			Order: 820,
			Args:  []string{"comparator", "list"},
			Early: 2,
			Doc: `
Sorts list: comparator x y says whether x comes before y. Elements that are equal in this order stay as they are.

	builtins.sort builtins.lessThan [ 3 1 2 ]
	=> [ 1 2 3 ]

	builtins.sort (a: b: a.n < b.n) [ { n = 2; s = "x"; } { n = 1; s = "y"; } { n = 1; s = "z"; } ]
	=> [ { n = 1; s = "y"; } { n = 1; s = "z"; } { n = 2; s = "x"; } ]
`,
			Impl: sortList,
		},
		{
			Name:  "tail",
			Order: 720,
			Args:  []string{"list"},
			Early: 1,
			Doc: `
All elements of list but the first one. This copies the others; a loop that takes the tail again and again is slow.

	builtins.tail [ 1 2 3 ]
	=> [ 2 3 ]
`,
			Impl: tail,
		},
	}
}

// anyOrAll is builtins.any, and with any false builtins.all: it applies the predicate to
// the elements from the left until the result is any, and does not look at the others. No
// element at all makes any false and all true. The elements stay thunks unless the predicate
// forces them. words is the frame of a result that is no Boolean.
func anyOrAll(c *core.Call, any bool, words string) (heap.Value, error) {
	f, err := c.Arg(0).Function()
	if err != nil {
		return 0, err
	}
	xs, err := c.Arg(1).List()
	if err != nil {
		return 0, err
	}
	loop := c.Loop()
	defer loop.End()
	for _, x := range c.Heap().Elems(xs) {
		loop.Step(0)
		r, err := c.Apply1(f, x)
		if err != nil {
			return 0, err
		}
		ok, err := c.Need(heap.Lazy(r), words).Bool()
		if err != nil {
			return 0, err
		}
		if ok == any {
			return heap.NewBool(any), nil
		}
	}
	return heap.NewBool(!any), nil
}

// concatLists is builtins.concatLists, in two passes: the first forces the lists, from the
// left, and adds their lengths, the second copies. If only one list is not empty, the result
// is that list itself, as in the reference. The elements are not forced. The statistics count
// a concatenation even then, and before the argument is known to be a list.
func concatLists(c *core.Call) (heap.Value, error) {
	c.CountConcat()
	lists, err := c.Arg(0).Words("while evaluating the first argument passed to builtins.concatLists").List()
	if err != nil {
		return 0, err
	}
	h := c.Heap()
	total, last := 0, heap.EmptyList // elements in all, and the last list that has any
	shared := c.ShareValues(h.Elems(lists))
	defer shared.Close()
	for i := range h.Len(lists) {
		shared.Come(i)
		xs, err := forceList(c, h.ElemSlot(lists, i), "while evaluating a value of the list passed to builtins.concatLists")
		if err != nil {
			return 0, err
		}
		if i&63 == 63 {
			if err := c.Tick(8); err != nil {
				return 0, err
			}
		}
		if n := h.Len(xs); n > 0 {
			total += n
			last = xs
		}
		// The same long list may be there many times: the sum can pass all memory long before
		// the last list is forced. An element takes half a word.
		if total > manyElems {
			if err := c.CheckSize(uint64(total) / 2); err != nil {
				return 0, err
			}
		}
	}
	if total == h.Len(last) {
		return last, nil
	}
	v, out, err := newList(c, total, 0)
	if err != nil {
		return 0, err
	}
	for i, xs := range h.Elems(lists) { // which are known now
		elems := h.Elems(c.Known(xs))
		// Short lists are the rule; asking the budget for each would take longer than the
		// copy.
		if len(elems) < 64 && i&63 != 63 {
			out = out[copy(out, elems):]
			continue
		}
		if err := budget.Copy(c, out, elems); err != nil {
			return 0, err
		}
		out = out[len(elems):]
	}
	return v, nil
}

// concatMap is builtins.concatMap. Unlike map, concatMap applies f at once, from the left, to
// know how long the result is. f is forced before the list, even if the list is empty. A single
// result that is not empty is returned itself.
//
// Quirk: a result of f that is no list is reported where the result was defined, or f if
// that is unknown (eval-fail-concatMap-result-position).
func concatMap(c *core.Call) (heap.Value, error) {
	f, err := c.Arg(0).Function()
	if err != nil {
		return 0, err
	}
	xs, err := c.Arg(1).List()
	if err != nil {
		return 0, err
	}
	h := c.Heap()
	// The results are not in any value yet; the list counts as memory meanwhile.
	lists := budget.List[heap.Value]{Budget: c} // results that are not empty
	total := 0                                  // their elements
	for _, x := range h.Elems(xs) {
		r, err := c.Apply1(f, x)
		if err != nil {
			return 0, err
		}
		if h.KindOf(r) != heap.List {
			return 0, c.FrameAt(typeError(c, "a list", r), c.DefinedAt(r, c.DefinedAt(f, 0)),
				"while evaluating the return value of the function passed to builtins.concatMap")
		}
		if n := h.Len(r); n > 0 {
			if total += n; total > manyElems {
				if err := c.CheckSize(uint64(total) / 2); err != nil {
					return 0, err
				}
			}
			if !lists.Add(r) {
				return 0, lists.Err
			}
		}
	}
	if !lists.Done() {
		return 0, lists.Err
	}
	if lists.Len() == 1 {
		return *lists.At(0), nil
	}
	v, out, err := newList(c, total, 0)
	if err != nil {
		return 0, err
	}
	for i := range lists.Len() {
		elems := h.Elems(*lists.At(i))
		if len(elems) < 64 && i&63 != 63 { // as in concatLists
			out = out[copy(out, elems):]
			continue
		}
		if err := budget.Copy(c, out, elems); err != nil {
			return 0, err
		}
		out = out[len(elems):]
	}
	return v, nil
}

// elem is builtins.elem. The list is forced before x, and x not at all if the list is
// empty. Elements are forced and compared from the left, up to the first that is equal: a
// failing element behind that one does no harm. Comparing is that of the operator ==, which
// forces parts of lists and sets as far as it must.
func elem(c *core.Call) (heap.Value, error) {
	xs, err := c.Arg(1).List()
	if err != nil {
		return 0, err
	}
	h := c.Heap()
	var x heap.Value
	for i := range h.Len(xs) {
		if i == 0 { // x is forced only if there is an element to compare
			if x, err = c.Arg(0).Value(); err != nil {
				return 0, err
			}
		}
		if err := budget.Step(c, i); err != nil {
			return 0, err
		}
		y, err := c.ForceSlot(h.ElemSlot(xs, i))
		if err != nil {
			return 0, err
		}
		eq, err := c.Equal(heap.Lazy(x), heap.Lazy(y))
		if err != nil {
			return 0, err
		}
		if eq {
			return heap.True, nil
		}
	}
	return heap.False, nil
}

// elemAt is builtins.elemAt. The index is forced before the list, so that of two arguments
// that fail the second one is reported. The index counts from 0; a negative one is out of
// range, it does not count from the end. Only the element asked for is forced.
func elemAt(c *core.Call) (heap.Value, error) {
	n, err := c.Arg(1).Words("while evaluating the second argument passed to 'builtins.elemAt'").Int()
	if err != nil {
		return 0, err
	}
	xs, err := c.Arg(0).Words("while evaluating the first argument passed to 'builtins.elemAt'").List()
	if err != nil {
		return 0, err
	}
	h := c.Heap()
	if n < 0 || n >= int64(h.Len(xs)) {
		return 0, c.Errorf(core.CodeOutOfRange, "'builtins.elemAt' called with index %d on a list of size %d", n, h.Len(xs))
	}
	return c.ForceSlot(h.ElemSlot(xs, int(n)))
}

// filter is builtins.filter. The list is forced before the predicate, and for an empty list
// the predicate is not forced at all. Which elements stay is kept as bits until their number
// is known: a bit each, where a list of those that stay would take 32. A list of which all
// elements stay is returned itself, as the reference does. Elements stay thunks unless the
// predicate forces them.
func filter(c *core.Call) (heap.Value, error) {
	xs, err := c.Arg(1).List()
	if err != nil {
		return 0, err
	}
	h := c.Heap()
	n := h.Len(xs)
	if n == 0 {
		return xs, nil
	}
	f, err := c.Arg(0).Function()
	if err != nil {
		return 0, err
	}
	var buf [8]uint64 // on the stack, for up to 512 elements
	keep := newBitSet(buf[:], n)
	kept := 0 // bits set in keep
	elems := h.Elems(xs)
	loop := c.Loop()
	defer loop.End()
	for i, x := range elems {
		loop.Step(0)
		r, err := c.Apply1(f, x)
		if err != nil {
			return 0, err
		}
		ok, err := c.Need(heap.Lazy(r), "while evaluating the return value of the filtering function passed to builtins.filter").Bool()
		if err != nil {
			return 0, err
		}
		if ok {
			keep.add(i)
			kept++
		}
	}
	if kept == n {
		return xs, nil
	}
	v, out, err := newList(c, kept, 0)
	if err != nil {
		return 0, err
	}
	k := 0 // in out
	return v, inParts(c, n, func(from, to int) {
		for i := from; i < to; i++ {
			if keep.has(i) {
				out[k] = elems[i]
				k++
			}
		}
	})
}

// foldl is builtins.foldl'. The first accumulator is passed to op as it is, and each
// result is a value, not a thunk, so a fold over a long list needs no deep stack. op is
// forced first, even for an empty list; then the list.
//
// Quirk: frames call the builtin foldlStrict, the name that it has in the reference's code.
func foldl(c *core.Call) (heap.Value, error) {
	f, err := c.Arg(0).Words("while evaluating the first argument passed to builtins.foldlStrict").Function()
	if err != nil {
		return 0, err
	}
	xs, err := c.Arg(2).Words("while evaluating the third argument passed to builtins.foldlStrict").List()
	if err != nil {
		return 0, err
	}
	acc := c.Arg(1).Lazy() // not forced: op may not need it
	loop := c.Loop()
	defer loop.End()
	for _, x := range c.Heap().Elems(xs) {
		loop.Step(acc)
		r, err := c.Apply2(f, acc, x)
		if err != nil {
			return 0, err
		}
		acc = heap.Lazy(r)
	}
	return c.Force(acc) // which is a thunk only if the list is empty
}

// genList is builtins.genList: each element is an application of the generator that is not
// evaluated yet. The length is forced and checked before the generator, which is forced even
// if the length is 0. The whole room is asked for first, since the length alone may be far
// beyond the memory limit. The elements share one block of the heap, as those of map do.
func genList(c *core.Call) (heap.Value, error) {
	n, err := c.Arg(1).Int()
	if err != nil {
		return 0, err
	}
	if n < 0 {
		return 0, c.Errorf(core.CodeInvalidArgument, "cannot create list of size %d", n)
	}
	f, err := c.Arg(0).Function()
	if err != nil {
		return 0, err
	}
	// The bound of n keeps the product from overflowing; both are far too many.
	if err := c.CheckSize(uint64(min(n, math.MaxInt64/4)) * 4); err != nil {
		return 0, err
	}
	v, out, err := newList(c, int(n), 3)
	if err != nil {
		return 0, err
	}
	h := c.Heap()
	block := h.NewApps(heap.Lazy(f), len(out)) // f is there once
	return v, inParts(c, len(out), func(from, to int) {
		part := out[from:to]
		for i := range part {
			part[i] = h.App(block, from+i, heap.Lazy(h.NewInt(int64(from+i))))
		}
	})
}

// head is builtins.head: it forces the first element, in its place, and no other. An empty
// list is an error that builtins.tryEval does not catch.
func head(c *core.Call) (heap.Value, error) {
	xs, err := c.Arg(0).Words("while evaluating the first argument passed to 'builtins.head'").List()
	if err != nil {
		return 0, err
	}
	h := c.Heap()
	if h.Len(xs) == 0 {
		return 0, c.Errorf(core.CodeOutOfRange, "'builtins.head' called on an empty list")
	}
	return c.ForceSlot(h.ElemSlot(xs, 0))
}

// length is builtins.length. The list is forced, none of its elements, and the time is the
// same for all lists.
func length(c *core.Call) (heap.Value, error) {
	xs, err := c.Arg(0).Words("while evaluating the first argument passed to builtins.length").List()
	if err != nil {
		return 0, err
	}
	h := c.Heap()
	return h.NewInt(int64(h.Len(xs))), nil
}

// mapList is builtins.map: each element is an application that is not evaluated yet. All
// of them share one block of the heap, with one reference to f: a word for each element,
// where an application of its own would need more.
//
// Quirk: f is forced at once, not with the first element, but not even then if the list is
// empty (eval-okay-map).
func mapList(c *core.Call) (heap.Value, error) {
	xs, err := c.Arg(1).List()
	if err != nil {
		return 0, err
	}
	h := c.Heap()
	n := h.Len(xs)
	if n == 0 {
		return xs, nil
	}
	f, err := c.Arg(0).Function()
	if err != nil {
		return 0, err
	}
	v, out, err := newList(c, n, 2)
	if err != nil {
		return 0, err
	}
	block := h.NewApps(heap.Lazy(f), n)
	elems := h.Elems(xs)
	return v, inParts(c, n, func(from, to int) {
		part := out[from:to]
		for i, x := range elems[from:to] {
			part[i] = h.App(block, from+i, x)
		}
	})
}

// sortList is builtins.sort. The list is forced before the comparator, and the comparator
// only if the list has elements, also if it has a single one. All elements are forced before
// the first comparison. The sort is stable and takes about n log n comparisons, fewer for
// lists with long runs. The algorithm is that of the reference, since which elements are
// compared, and in which order, can be observed: see budget.SortFunc, and
// eval-okay-sort-not-an-order. The builtin lessThan as comparator is not called; that spares
// frames and calls, and has the same result.
func sortList(c *core.Call) (heap.Value, error) {
	xs, err := c.Arg(1).List()
	if err != nil {
		return 0, err
	}
	h := c.Heap()
	n := h.Len(xs)
	if n == 0 {
		return xs, nil
	}
	f, err := c.Arg(0).Function()
	if err != nil {
		return 0, err
	}
	for i := range n {
		if _, err := c.ForceSlot(h.ElemSlot(xs, i)); err != nil {
			return 0, err
		}
		if err := budget.Step(c, i); err != nil {
			return 0, err
		}
	}
	// The copy is sorted in place; after an error it is given up half sorted.
	v, err := listOf(c, h.Elems(xs))
	if err != nil {
		return 0, err
	}
	loop := c.Loop()
	defer loop.End()
	less := func(a, b heap.Lazy) (bool, error) {
		loop.Step(0)
		r, err := c.Apply2(f, a, b)
		if err != nil {
			return false, err
		}
		return c.Need(heap.Lazy(r), "while evaluating the return value of the sorting function passed to builtins.sort").Bool()
	}
	if c.BuiltinName(f) == "lessThan" { // as most programs have it
		less = func(a, b heap.Lazy) (bool, error) {
			return c.Less(c.Known(a), c.Known(b),
				"while evaluating the ordering function passed to builtins.sort")
		}
	}
	return v, budget.SortFunc(c, h.Elems(v), less)
}

// tail is builtins.tail. The rest is copied: lists are blocks of the heap, without an
// offset, so a loop over tails takes quadratic time and memory, as it does in the reference.
// The elements are not forced.
func tail(c *core.Call) (heap.Value, error) {
	xs, err := c.Arg(0).Words("while evaluating the first argument passed to 'builtins.tail'").List()
	if err != nil {
		return 0, err
	}
	elems := c.Heap().Elems(xs)
	if len(elems) == 0 {
		return 0, c.Errorf(core.CodeOutOfRange, "'builtins.tail' called on an empty list")
	}
	return listOf(c, elems[1:])
}
