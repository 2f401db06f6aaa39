package builtins

// This file defines the builtins about attribute sets.
// The heap keeps the attributes of a set sorted by symbol, which is the order in which
// deepSeq and errors go through them; the order that programs see, that of attrNames, is
// by text. Sets that are parts of another one keep its positions (NewAttrsOf), which
// builtins.unsafeGetAttrPos tells.
//
// No builtin here forces the value of an attribute, but for getAttr, which returns it, and
// for the names in the argument of listToAttrs. Names from arguments must not have a string
// context. They are interned even where a lookup would do, since the reference makes a symbol
// of each, and programs can observe the numbers of symbols.
//
// Sets are made of sorted entries, never attribute by attribute: for n of them, filling
// takes n steps and sorting, where it is necessary at all, n log n comparisons of numbers.

import (
	"github.com/firn-lang/firn/eval/budget"
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/lang"
)

// attrBuiltins returns the declarations of the builtins about sets, by name.
func attrBuiltins() []core.Builtin {
	return []core.Builtin{
		{
			Name:  "attrNames",
			Order: 560,
			Args:  []string{"set"},
			Early: 1,
			Doc: `
The names of the attributes of set, sorted.

	builtins.attrNames { y = 1; x = throw "not needed"; }
	=> [ "x" "y" ]
`,
			Impl: attrNames,
		},
		{
			Name:  "attrValues",
			Order: 570,
			Args:  []string{"set"},
			Early: 1,
			Doc: `
The values of the attributes of set, sorted by the names of the attributes.

	builtins.attrValues { y = 1; x = 2; }
	=> [ 2 1 ]
`,
			Impl: attrValues,
		},
		{
			Name:  "catAttrs",
			Order: 650,
			Args:  []string{"attr", "list"},
			Early: 1,
			Doc: `
The values that the attribute named attr has in the sets of list, in order; sets without it are skipped.

	builtins.catAttrs "a" [ { a = 1; } { b = 0; } { a = 2; } ]
	=> [ 1 2 ]
`,
			Impl: catAttrs,
		},
		{
			Name:  "functionArgs",
			Order: 660,
			Args:  []string{"f"},
			Early: 1,
			Doc: `
The attributes that the function f takes as arguments: the value of each says whether it has a default. Only a
function with a set pattern has any.

	builtins.functionArgs ({ x, y ? 1 }: x)
	=> { x = false; y = true; }

	builtins.functionArgs (x: x)
	=> { }
`,
			Impl: functionArgs,
		},
		{
			Name:  "getAttr",
			Order: 580,
			Args:  []string{"s", "set"},
			Early: 1,
			Doc: `
The attribute of set whose name is s: like the operator . for names that are computed.

	builtins.getAttr ("a" + "b") { ab = 1; }
	=> 1

	builtins.getAttr "b" { a = 1; }
	=> error: attribute 'b' missing
`,
			Impl: getAttr,
		},
		{
			Name:  "hasAttr",
			Order: 600,
			Args:  []string{"s", "set"},
			Early: 1,
			Doc: `
Does set have an attribute of the name s? This is like the operator ? for names that are computed.

	builtins.hasAttr "a" { a = throw "not needed"; }
	=> true
`,
			Impl: hasAttr,
		},
		{
			Name:  "intersectAttrs",
			Order: 640,
			Args:  []string{"e1", "e2"},
			Early: 1,
			Doc: `
Those attributes of the set e2 whose names the set e1 has, too.

	builtins.intersectAttrs { a = 1; b = 1; } { b = 2; c = 2; }
	=> { b = 2; }
`,
			Impl: intersectAttrs,
		},
		{
			Name:  "listToAttrs",
			Order: 630,
			Args:  []string{"e"},
			Early: 1,
			Doc: `
A set made of the list e, whose elements are sets with the attributes name and value. If several have the same name,
the first one counts.

	builtins.listToAttrs [ { name = "a"; value = 1; } { name = "b"; value = 2; } { name = "a"; value = 3; } ]
	=> { a = 1; b = 2; }
`,
			Impl: listToAttrs,
		},
		{
			Name:  "mapAttrs",
			Order: 670,
			Args:  []string{"f", "attrset"},
			Early: 2,
			Doc: `
Replaces the value of every attribute of attrset by f NAME VALUE, which is computed when it is needed.

	builtins.mapAttrs (name: value: name + toString value) { a = 1; b = 2; }
	=> { a = "a1"; b = "b2"; }
`,
			Impl: mapAttrs,
		},
		{
			Name:   "removeAttrs",
			Order:  620,
			Early:  1,
			Args:   []string{"set", "list"},
			Global: "removeAttrs",
			Doc: `
The attributes of set but for those whose names are in list. Names that set does not have do no harm.

	removeAttrs { a = 1; b = 2; } [ "a" "x" ]
	=> { b = 2; }
`,
			Impl: removeAttrs,
		},
		{
			Name:  "unsafeGetAttrPos",
			Order: 590,
			Args:  []string{"s", "set"},
			Doc: `
Where the attribute of set with the name s was defined: a set with file, line and column, or null if that is not
known or there is no such attribute. It is unsafe since the result changes when the text is moved.

	builtins.unsafeGetAttrPos "a" { b = 1; }
	=> null
`,
			Impl: unsafeGetAttrPos,
		},
		{
			Name:  "zipAttrsWith",
			Order: 680,
			Args:  []string{"f", "list"},
			Doc: `
Joins the sets in list: each attribute becomes f NAME VALUES, where VALUES is the list of the values that it has in
these sets.

	builtins.zipAttrsWith (name: values: values) [ { a = 1; } { a = 2; b = 3; } ]
	=> { a = [ 1 2 ]; b = [ 3 ]; }
`,
			Impl: zipAttrsWith,
		},
	}
}

// attr returns the place of an attribute of set, without forcing its value. A set that
// lacks the attribute is an error, with words as its frame.
func attr(c *core.Call, set heap.Value, name, words string) (heap.Slot, error) {
	if at := c.Heap().Find(set, c.Intern(name)); at != 0 {
		return at, nil
	}
	return 0, c.Frame(c.Errorf(core.CodeMissingAttribute, "attribute '%s' missing", core.Name(c.AttrName(name))), "%s", words)
}

// attrNames is builtins.attrNames, sorted by text, byte by byte: "B" stands before "a". Sets
// are sorted by symbol, so each call takes n log n comparisons of texts. Each symbol has one
// string value for all such lists.
func attrNames(c *core.Call) (heap.Value, error) {
	set, err := c.Arg(0).Attrs()
	if err != nil {
		return 0, err
	}
	v, out, err := newList(c, c.Heap().Size(set), 0)
	if err != nil {
		return 0, err
	}
	all := c.SortedAttrs(set)
	return v, inParts(c, len(all), func(from, to int) {
		for i := from; i < to; i++ {
			out[i] = heap.Lazy(c.NameString(all[i].Name))
		}
	})
}

// attrValues is builtins.attrValues, in the order of attrNames, and at its cost. The values
// stay thunks: list and set share them, so that each is evaluated once.
func attrValues(c *core.Call) (heap.Value, error) {
	set, err := c.Arg(0).Attrs()
	if err != nil {
		return 0, err
	}
	v, out, err := newList(c, c.Heap().Size(set), 0)
	if err != nil {
		return 0, err
	}
	all := c.SortedAttrs(set)
	return v, inParts(c, len(all), func(from, to int) {
		for i := from; i < to; i++ {
			out[i] = all[i].Value
		}
	})
}

// catAttrs is builtins.catAttrs. The name is forced before the list, then the sets in order,
// the values not at all. Every set is forced, also those without the attribute, and an
// element that is no set is an error.
func catAttrs(c *core.Call) (heap.Value, error) {
	name, err := c.Arg(0).PlainString()
	if err != nil {
		return 0, err
	}
	sym := c.Intern(name)
	xs, err := c.Arg(1).List()
	if err != nil {
		return 0, err
	}
	h := c.Heap()
	found := budget.List[heap.Lazy]{Budget: c} // values of the attribute, in the order of the sets
	shared := c.ShareValues(h.Elems(xs))
	defer shared.Close()
	for i := range h.Len(xs) {
		shared.Come(i)
		set, err := forceAttrs(c, h.ElemSlot(xs, i),
			"while evaluating an element in the list passed as second argument to builtins.catAttrs")
		if err != nil {
			return 0, err
		}
		if x := h.Get(set, sym); x != 0 {
			if !found.Add(x) {
				return 0, found.Err
			}
		}
		if err := budget.Step(c, i); err != nil {
			return 0, err
		}
	}
	return listValue(c, &found)
}

// functionArgs is builtins.functionArgs. The attributes have the positions of the
// parameters, which builtins.unsafeGetAttrPos then tells. A builtin, and a function
// without a pattern, have no arguments with names.
//
// Quirk: a functor is no function here, though it can be applied like one
// (eval-fail-functionArgs-functor).
func functionArgs(c *core.Call) (heap.Value, error) {
	f, err := c.Arg(0).Value()
	if err != nil {
		return 0, err
	}
	h := c.Heap()
	if !h.KindOf(f).IsFunction() {
		return 0, c.Errorf(core.CodeWrongType, "'functionArgs' requires a function")
	}
	formals, ok := c.Formals(f)
	if !ok || len(formals.List) == 0 {
		return heap.EmptyAttrs, nil
	}
	// The formals are sorted by symbol, as the entries of a set must be.
	v, entries, positions := h.NewAttrsPos(len(formals.List))
	for i, f := range formals.List {
		entries[i] = heap.Entry{Name: f.Name, Value: heap.Lazy(heap.NewBool(f.Default != nil))}
		positions[i] = f.Pos
		if err := budget.Step(c, i); err != nil {
			return 0, err
		}
	}
	return v, nil
}

// attrAndSet returns the arguments of getAttr, hasAttr and unsafeGetAttrPos: a name, also
// as a symbol, and a set. The name is forced before the set, and a name with a string
// context is an error.
func attrAndSet(c *core.Call) (string, lang.Symbol, heap.Value, error) {
	name, err := c.Arg(0).PlainString()
	if err != nil {
		return "", 0, 0, err
	}
	set, err := c.Arg(1).Attrs()
	if err != nil {
		return "", 0, 0, err
	}
	return name, c.Intern(name), set, nil
}

// getAttr is builtins.getAttr: the name is forced first, then the set, then the attribute
// in its place. Unlike the operator, getAttr suggests no similar name for a missing one.
func getAttr(c *core.Call) (heap.Value, error) {
	name, sym, set, err := attrAndSet(c)
	if err != nil {
		return 0, err
	}
	at := c.Heap().Find(set, sym)
	if at == 0 {
		err := c.Errorf(core.CodeMissingAttribute, "attribute '%s' missing", core.Name(c.AttrName(name)))
		return 0, c.Frame(err, "in the attribute set under consideration")
	}
	return c.ForceSlot(at)
}

// hasAttr is builtins.hasAttr. Unlike the operator ?, hasAttr takes one name, not an attribute
// path, and fails for a value that is no set, where the operator is false.
func hasAttr(c *core.Call) (heap.Value, error) {
	_, sym, set, err := attrAndSet(c)
	if err != nil {
		return 0, err
	}
	return heap.NewBool(c.Heap().Find(set, sym) != 0), nil
}

// unsafeGetAttrPos is builtins.unsafeGetAttrPos: null if there is no such attribute, and
// for attributes that were not written in a file: those of mapAttrs, and those of a text
// without a file name, such as an expression of the command line. The value is not forced.
func unsafeGetAttrPos(c *core.Call) (heap.Value, error) {
	_, sym, set, err := attrAndSet(c)
	if err != nil {
		return 0, err
	}
	if c.Heap().Find(set, sym) == 0 {
		return heap.NullValue, nil
	}
	return c.Position(c.AttrPos(set, sym)), nil
}

// intersectAttrs is builtins.intersectAttrs: values and positions are those of the second
// set. Both sets are forced, the first one first, even if the other is empty. The smaller
// set is walked, and its names are looked up in the other: for sizes n and m, n <= m, that
// takes n log m comparisons, so a large set that is intersected with a few names costs little.
func intersectAttrs(c *core.Call) (heap.Value, error) {
	left, err := c.Arg(0).Attrs()
	if err != nil {
		return 0, err
	}
	right, err := c.Arg(1).Attrs()
	if err != nil {
		return 0, err
	}
	h := c.Heap()
	found := budget.List[heap.Entry]{Budget: c}
	// Both ways find the attributes sorted by symbol, as subset wants them.
	if h.Size(left) < h.Size(right) {
		for i, e := range h.All(left) {
			if x := h.Get(right, e.Name); x != 0 {
				if !found.Add(heap.Entry{Name: e.Name, Value: x}) {
					return 0, found.Err
				}
			}
			if err := budget.Step(c, i); err != nil {
				return 0, err
			}
		}
	} else {
		for i, e := range h.All(right) {
			if h.Find(left, e.Name) != 0 {
				if !found.Add(e) {
					return 0, found.Err
				}
			}
			if err := budget.Step(c, i); err != nil {
				return 0, err
			}
		}
	}
	return subset(c, right, &found)
}

// subset returns the set of attrs, which must be attributes of set, sorted by symbol. They
// keep their positions. If attrs has all attributes of set, the result is set itself, which
// saves the memory of a copy.
func subset(c *core.Call, set heap.Value, attrs *budget.List[heap.Entry]) (heap.Value, error) {
	if !attrs.Done() {
		return 0, attrs.Err
	}
	h, n := c.Heap(), attrs.Len()
	switch n {
	case 0:
		return heap.EmptyAttrs, nil
	case h.Size(set):
		return set, nil
	}
	if err := checkLarge(c, n, 1); err != nil {
		return 0, err
	}
	v, out := h.NewAttrsOf(0, set, n)
	for i := 0; i < n; { // part after part; From returns no more than a part has
		part := attrs.From(i, n)
		i += copy(out[i:], part)
		if err := c.Tick(len(part) >> 7); err != nil {
			return 0, err
		}
	}
	return v, nil
}

// listToAttrs is builtins.listToAttrs. Names are forced in the order of the list; of equal
// names the first one counts, and only its value has to exist: an element without a value,
// but with a name that was there before, is no error. The values are not forced. The
// position of an attribute is that of its value in the element.
//
// Elements are paired with their names as numbers (placedKey) and these are sorted: n log n
// comparisons, 8 bytes for each element, and no map.
func listToAttrs(c *core.Call) (heap.Value, error) {
	xs, err := c.Arg(0).List()
	if err != nil {
		return 0, err
	}
	h := c.Heap()
	n := h.Len(xs)
	if n == 0 {
		return heap.EmptyAttrs, nil
	}
	// First the names, all of them, since the reference forces them before any value is
	// looked for; then the attributes, sorted.
	if err := checkLarge(c, n, 2); err != nil {
		return 0, err
	}
	symName, symValue := c.Intern("name"), c.Intern("value")
	keys := budget.List[uint64]{Budget: c, Want: n} // by name, then place in the list
	shared := c.ShareValues(h.Elems(xs))
	defer shared.Close()
	for i := range n {
		shared.Come(i)
		x, err := forceAttrs(c, h.ElemSlot(xs, i), "while evaluating an element of the list passed to builtins.listToAttrs")
		if err != nil {
			return 0, err
		}
		at := h.Find(x, symName)
		if at == 0 {
			return 0, noPair(c, "name")
		}
		name, err := plainStringAt(c, at, func() lang.Pos { return c.AttrPos(x, symName) },
			"while evaluating the `name` attribute of an element of the list passed to builtins.listToAttrs")
		if err != nil {
			return 0, err
		}
		if !keys.Add(placedKey(c.Intern(name), i)) {
			return 0, keys.Err
		}
	}
	size, err := sortKeys(&keys)
	if err != nil {
		return 0, err
	}
	elems := h.Elems(xs)
	v, entries, positions := h.NewAttrsPos(size)
	at, rest := 0, []uint64(nil) // where nextName goes on
	for i := range entries {
		var part []uint64
		var n int
		if part, rest, n, err = nextName(&keys, at, rest); err != nil {
			return 0, err
		}
		at += n
		x := c.Known(elems[keyPlace(part[0])]) // the first of equal names; forced above
		value := h.Get(x, symValue)
		if value == 0 {
			return 0, noPair(c, "value")
		}
		entries[i] = heap.Entry{Name: keyName(part[0]), Value: value}
		positions[i] = c.AttrPos(x, symValue)
		if err := budget.Step(c, i); err != nil {
			return 0, err
		}
	}
	return v, nil
}

// noPair returns the error for an element of the list of listToAttrs that lacks the
// attribute called what: "name" or "value".
func noPair(c *core.Call, what string) error {
	return c.Frame(c.Errorf(core.CodeMissingAttribute, "attribute '%s' missing", what), "in a {name=...; value=...;} pair")
}

// plainStringAt forces the value at a place, which has to be a string without a context, and
// returns its text: a slice of the heap, not a copy. pos returns where the value was defined.
// pos is called for errors alone, since finding the position of an attribute takes a search.
func plainStringAt(c *core.Call, at heap.Slot, pos func() lang.Pos, words string) (string, error) {
	h := c.Heap()
	v, err := c.ForceSlotAt(at, pos)
	switch {
	case err != nil:
		return "", c.FrameAt(err, pos(), "%s", words)
	case h.KindOf(v) == heap.String && h.Context(v) == 0:
		return h.Text(v), nil
	}
	return c.Need(heap.Lazy(v), words).At(pos()).PlainString()
}

// mapAttrs is builtins.mapAttrs: each value is an application that is not evaluated yet. f
// is not forced either, until the first of them is, so an f that is no function is an error
// of each value, not of the call. The names stay, so the entries need no sorting. The
// attributes have no positions.
func mapAttrs(c *core.Call) (heap.Value, error) {
	set, err := c.Arg(1).Attrs()
	if err != nil {
		return 0, err
	}
	h := c.Heap()
	n := h.Size(set)
	if n == 0 {
		return heap.EmptyAttrs, nil
	}
	if err := checkLarge(c, n, 3); err != nil { // a word for the entry, two for the application
		return 0, err
	}
	f := c.Arg(0).Lazy()
	v, out := h.NewAttrs(n, 0)
	all := h.All(set)
	return v, inParts(c, n, func(from, to int) {
		for i := from; i < to; i++ {
			e := all[i]
			out[i] = heap.Entry{Name: e.Name, Value: h.NewApp2(f, heap.Lazy(c.NameString(e.Name)), e.Value)}
		}
	})
}

// removeAttrs is builtins.removeAttrs. The set is forced before the list, and all names are
// forced, also those that the set does not have. The set itself is returned if it has none
// of them. The attributes that stay keep their positions.
//
// The names are sorted, so that one walk along both drops the attributes: k log k comparisons
// for k names that the set has, and a step for each attribute.
func removeAttrs(c *core.Call) (heap.Value, error) {
	set, err := c.Arg(0).Attrs()
	if err != nil {
		return 0, err
	}
	names, err := c.Arg(1).List()
	if err != nil {
		return 0, err
	}
	h := c.Heap()
	gone := budget.List[lang.Symbol]{Budget: c} // names that set has; a name may be there twice
	for i := range h.Len(names) {
		v, err := c.ForceSlot(h.ElemSlot(names, i))
		if err != nil {
			return 0, c.Frame(err, "%s", removeAttrsWords)
		}
		name, err := c.Need(heap.Lazy(v), removeAttrsWords).PlainString()
		if err != nil {
			return 0, err
		}
		if sym := c.Intern(name); h.Find(set, sym) != 0 {
			if !gone.Add(sym) {
				return 0, gone.Err
			}
		}
		if err := budget.Step(c, i); err != nil {
			return 0, err
		}
	}
	if err := budget.SortList(&gone); err != nil {
		return 0, err
	}
	if gone.Len() == 0 {
		return set, nil
	}
	n, last := h.Size(set), lang.Symbol(0) // attributes that stay; the name before, 0 for none
	for i := range gone.Len() {
		if sym := *gone.At(i); sym != last {
			n, last = n-1, sym
		}
		if err := budget.Step(c, i); err != nil {
			return 0, err
		}
	}
	if n == 0 {
		return heap.EmptyAttrs, nil
	}
	if err := checkLarge(c, n, 1); err != nil {
		return 0, err
	}
	all := h.All(set)
	v, out := h.NewAttrsOf(0, set, n)
	k, next := 0, 0 // in out, and in gone
	for i, e := range all {
		if err := budget.Step(c, i); err != nil {
			return 0, err
		}
		for next < gone.Len() && *gone.At(next) < e.Name {
			next++ // the same name again
		}
		if next < gone.Len() && *gone.At(next) == e.Name {
			continue
		}
		out[k] = e
		k++
	}
	return v, nil
}

// removeAttrsWords is the frame of an error in a name that is to be removed: both of a name
// that fails and of one that is no string.
const removeAttrsWords = "while evaluating the values of the second argument passed to builtins.removeAttrs"

// zipAttrsWith is builtins.zipAttrsWith. f is forced first, even for an empty list; then all
// sets, in order. f is applied to a name and its values only when that attribute is needed.
//
// There are three passes: sizes, which allow all room to be asked for at once; pairs of
// name and place, which are sorted; then a list and an application for each name. For n
// attributes in all, that takes n log n comparisons of numbers. The values of a name stay in
// the order of the sets, since the place decides between equal names.
func zipAttrsWith(c *core.Call) (heap.Value, error) {
	f, err := c.Arg(0).Function()
	if err != nil {
		return 0, err
	}
	xs, err := c.Arg(1).List()
	if err != nil {
		return 0, err
	}
	h := c.Heap()
	total := 0 // attributes, equal names counted each time
	shared := c.ShareValues(h.Elems(xs))
	defer shared.Close()
	for i := range h.Len(xs) {
		shared.Come(i)
		set, err := forceAttrs(c, h.ElemSlot(xs, i),
			"while evaluating a value of the list passed as second argument to builtins.zipAttrsWith")
		if err == nil {
			err = budget.Step(c, i)
		}
		if err != nil {
			return 0, err
		}
		if total += h.Size(set); total > manyElems {
			if err := c.CheckSize(uint64(total)); err != nil {
				return 0, err
			}
		}
	}
	if total == 0 {
		return heap.EmptyAttrs, nil
	}
	// The worst case is that all names differ: each then needs an entry, a list and an
	// application, and here a key and a value.
	if err := c.CheckSize(uint64(total) * 6); err != nil {
		return 0, err
	}
	keys := budget.List[uint64]{Budget: c, Want: total} // by name, then place in values
	values := budget.List[heap.Lazy]{Budget: c, Want: total}
	n := 0
	for i, x := range h.Elems(xs) { // which are known now
		for _, e := range h.All(c.Known(x)) {
			if !keys.Add(placedKey(e.Name, n)) {
				return 0, keys.Err
			}
			if !values.Add(e.Value) {
				return 0, values.Err
			}
			n++
		}
		if err := budget.Step(c, i); err != nil {
			return 0, err
		}
	}
	if !values.Done() {
		return 0, values.Err
	}
	size, err := sortKeys(&keys)
	if err != nil {
		return 0, err
	}
	v, entries := h.NewAttrs(size, 0)
	at, rest := 0, []uint64(nil)
	for i := range entries {
		var part []uint64
		var n int
		if part, rest, n, err = nextName(&keys, at, rest); err != nil {
			return 0, err
		}
		at += n
		list, out, err := newList(c, n, 0)
		if err != nil {
			return 0, err
		}
		for j, k := range part {
			out[j] = *values.At(keyPlace(k))
		}
		if n > len(part) {
			place := func(i int) heap.Lazy { return *values.At(i) }
			if err := fill(out[len(part):], &keys, at-n+len(part), place); err != nil {
				return 0, err
			}
		}
		name := keyName(part[0])
		entries[i] = heap.Entry{Name: name,
			Value: h.NewApp2(heap.Lazy(f), heap.Lazy(c.NameString(name)), heap.Lazy(list))}
		if err := budget.Step(c, i); err != nil {
			return 0, err
		}
	}
	return v, nil
}
