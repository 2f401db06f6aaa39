package builtins

// This file defines the builtins about strings, and about paths and hashes as
// texts; those with much code of their own (match, split, replaceStrings, hashString,
// convertHash) are declared here and defined in match.go, replace.go and hash.go.
// Strings are bytes, and lengths and offsets count bytes. Texts are slices of the heap, not
// copies, so a text that a Go map or an error keeps must be cloned. A string carries its
// context along: a builtin that makes a string says which one the result has. Texts may
// have gigabytes, so loops over all bytes work in parts, and count them.
//
// Most builtins here coerce: a set with __toString or outPath will do for a string, and so
// will a path. A path is copied to the store first (core.CopyToStore), unless the builtin is
// about paths as texts: baseNameOf, dirOf, toPath and toString take it as it is. Numbers,
// Booleans, null and lists are coerced by toString alone (core.CoerceMore). The separator of
// concatStringsSep and the arguments of match, split, hashString and replaceStrings must be
// strings.

import (
	"math"

	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/builtins/text/regex"
	"github.com/firn-lang/firn/eval/budget"
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/heap"
)

// stringBuiltins returns the declarations of the builtins about strings, hashes and
// patterns, by name. Compiled patterns are kept in one cache for match and split, which
// belongs to the evaluator that the declarations are made for: package sets match a few
// patterns again and again.
func stringBuiltins() []core.Builtin {
	patterns := new(regex.Cache)
	return []core.Builtin{
		{
			Name:   "baseNameOf",
			Order:  420,
			Early:  1,
			Args:   []string{"x"},
			Global: "baseNameOf",
			Doc: `
The last part of the path or string x: what follows the last slash. One slash at the end does not count.

	map baseNameOf [ "/a/b.c" "a/b/" /a/b ]
	=> [ "b.c" "b" "b" ]
`,
			Impl: baseNameOf,
		},
		{
			Name:  "concatStringsSep",
			Order: 1010,
			Args:  []string{"separator", "list"},
			Early: 1,
			Doc: `
The strings in list, with separator between them.

	builtins.concatStringsSep "/" [ "usr" "local" "bin" ]
	=> "usr/local/bin"
`,
			Impl: concatStringsSep,
		},
		{
			Name:  "convertHash",
			Order: 980,
			Args:  []string{"args"},
			Doc: `
Writes a hash in another form. Of the set args, hash is the hash in any form, toHashFormat is "base16", "nix32",
"base64" or "sri", and hashAlgo, which is needed unless hash tells it, is the algorithm.

	builtins.convertHash {
	  hash = "d41d8cd98f00b204e9800998ecf8427e";
	  hashAlgo = "md5";
	  toHashFormat = "sri";
	}
	=> "md5-1B2M2Y8AsgTpgAmY7PhCfg=="
`,
			Impl: convertHash,
		},
		{
			Name:   "dirOf",
			Order:  430,
			Early:  1,
			Args:   []string{"s"},
			Global: "dirOf",
			Doc: `
The path or string s up to its last slash, without it.

	map dirOf [ "/a/b" "a" "/a" /a/b ]
	=> [ "/a" "." "/" /a ]
`,
			Impl: dirOf,
		},
		{
			Name:  "hashString",
			Order: 970,
			Args:  []string{"type", "s"},
			Doc: `
The hash of the string s in base 16. The type is "md5", "sha1", "sha256" or "sha512".

	builtins.hashString "md5" ""
	=> "d41d8cd98f00b204e9800998ecf8427e"
`,
			Impl: hashString,
		},
		{
			Name:  "match",
			Order: 990,
			Args:  []string{"regex", "str"},
			Early: 1,
			Doc: `
Matches the whole of str with regex, an extended POSIX regular expression. Returns a list of what its groups matched, or null
if it does not match.

	builtins.match "([a-z]+)-([0-9.]+)" "nix-2.34"
	=> [ "nix" "2.34" ]

	builtins.match "a" "ab"
	=> null

	builtins.match "(a)|(b)" "b"
	=> [ null "b" ]

	builtins.match "(" ""
	=> error: invalid regular expression '('
`,
			Impl:  func(c *core.Call) (heap.Value, error) { return match(c, patterns) },
			Cache: patterns,
		},
		{
			Name:   "placeholder",
			Order:  380,
			Args:   []string{"output"},
			Global: "placeholder",
			Doc: `
A string that stands for the path of an output of the derivation that it is used in. When it is built, the path takes its place.

	placeholder "out"
	=> "/1rz4g4znpzjwh1xymhjpm42vipw92pr73vdgl6xs1hycac8kf2n9"
`,
			Impl: placeholder,
		},
		{
			Name:  "replaceStrings",
			Order: 1020,
			Args:  []string{"from", "to", "s"},
			Early: 1,
			Doc: `
Replaces in s each string of the list from by the one at the same place in the list to. What was put in is not looked at again.
If several strings of from fit, the first one counts.

	builtins.replaceStrings [ "oo" "a" ] [ "a" "oo" ] "foobar"
	=> "faboor"

	builtins.replaceStrings [ "" ] [ "-" ] "ab"
	=> "-a-b-"
`,
			Impl: replaceStrings,
		},
		{
			Name:  "split",
			Order: 1000,
			Args:  []string{"regex", "str"},
			Early: 1,
			Doc: `
Splits str where regex, an extended POSIX regular expression, matches. The result has the strings between the matches, and in
place of each match a list of what its groups matched.

	builtins.split "([/-])" "a/b-c"
	=> [ "a" [ "/" ] "b" [ "-" ] "c" ]

	builtins.split "x" "abc"
	=> [ "abc" ]
`,
			Impl:  func(c *core.Call) (heap.Value, error) { return split(c, patterns) },
			Cache: patterns,
		},
		{
			Name:  "stringLength",
			Order: 960,
			Args:  []string{"e"},
			Early: 1,
			Doc: `
The length of the string e, in bytes.

	builtins.stringLength "abc"
	=> 3

	builtins.stringLength "ä"
	=> 2
`,
			Impl: stringLength,
		},
		{
			Name:  "substring",
			Order: 950,
			Args:  []string{"start", "len", "s"},
			Early: 1,
			Doc: `
The part of s of len bytes from byte start, counted from 0; less if s ends before. A negative len means the whole rest.

	builtins.substring 1 2 "abcd"
	=> "bc"

	builtins.substring 2 (-1) "abcd"
	=> "cd"
`,
			Impl: substring,
		},
		{
			Name:  "toPath",
			Order: 390,
			Args:  []string{"s"},
			Doc: `
The path that the string s stands for, cleaned, as a string. To make a path use /. + s.

	builtins.toPath "/a/./b/../c"
	=> "/a/c"
`,
			Impl: toPath,
		},
		{
			Name:   "toString",
			Order:  940,
			Early:  1,
			Args:   []string{"e"},
			Global: "toString",
			Doc: `
The value e as a string. The elements of a list are separated by spaces; true is "1", and false and null are empty. A set needs
an attribute __toString, which is a function of the set, or outPath. Paths are not copied to the store.

	map toString [ 1 true null [ 1 2 ] /a 0.5 ]
	=> [ "1" "1" "" "1 2" "/a" "0.500000" ]

	toString { __toString = self: "x" + self.y; y = "z"; }
	=> "xz"
`,
			Impl: toString,
		},
	}
}

// baseNameOf is builtins.baseNameOf, for strings and paths. The result is a string, also of a
// path, and has the context of the argument.
//
// Quirk: one slash at the end does not count, but a second one does: the base name of "a//"
// is empty (eval-okay-baseNameOf).
func baseNameOf(c *core.Call) (heap.Value, error) {
	text, ctx, err := c.Arg(0).Words("while evaluating the first argument passed to builtins.baseNameOf").Coerce(core.Canonicalize)
	if err != nil {
		return 0, err
	}
	if n := len(text) - 1; n > 0 && text[n] == '/' {
		text = text[:n]
	}
	i, err := budget.LastIndexByte(c, text, '/')
	if err != nil {
		return 0, err
	}
	return newString(c, text[i+1:], ctx)
}

// dirOf is builtins.dirOf. Of a path it is a path, of anything else that can be coerced a
// string with the same context; of a string without a slash it is ".".
//
// Quirk: a string is cut at its last slash, wherever that is: the directory of "/a/" is
// "/a", that of "a//b" is "a/" (eval-okay-dirOf).
func dirOf(c *core.Call) (heap.Value, error) {
	v, err := c.Arg(0).Value()
	if err != nil {
		return 0, err
	}
	h := c.Heap()
	if h.KindOf(v) == heap.Path {
		path, err := budget.TrimRight(c, h.Text(v), '/')
		if err != nil {
			return 0, err
		}
		i, err := budget.LastIndexByte(c, path, '/')
		if err != nil {
			return 0, err
		}
		if i > 0 {
			return newPath(c, path[:i])
		}
		return h.NewPath("/"), nil
	}
	text, ctx, err := c.Need(heap.Lazy(v), "while evaluating the first argument passed to 'builtins.dirOf'").Coerce(core.Canonicalize)
	if err != nil {
		return 0, err
	}
	i, err := budget.LastIndexByte(c, text, '/')
	if err != nil {
		return 0, err
	}
	switch i {
	case -1:
		text = "."
	case 0:
		text = "/"
	default:
		text = text[:i]
	}
	return newString(c, text, ctx)
}

// concatStringsSep is builtins.concatStringsSep. The separator is forced before the list. The
// first pass forces the elements, adds up how long the result is, and keeps only texts that
// were coerced, from paths and sets; the second copies into one string of that length. So
// the text is copied once, and joining n elements takes no memory beside the result if all
// are strings. The result has the contexts of all elements and of the separator, even of one
// that does not appear since there are fewer than two elements.
func concatStringsSep(c *core.Call) (heap.Value, error) {
	sep, ctx, err := c.Arg(0).Words("while evaluating the first argument (the separator string) passed to builtins.concatStringsSep").String()
	if err != nil {
		return 0, err
	}
	xs, err := c.Arg(1).Words("while evaluating the second argument (the list of strings to concat) passed to builtins.concatStringsSep").List()
	if err != nil {
		return 0, err
	}
	h := c.Heap()
	n := h.Len(xs)
	// Texts of elements that are no strings themselves, in order. The second pass finds
	// those of strings in the heap.
	others := budget.List[string]{Budget: c}
	contexts := contextList{ctx}
	total := uint64(0) // bytes of the result
	shared := c.ShareText(h.Elems(xs), core.CopyToStore|core.Canonicalize)
	defer shared.Close()
	for i := range n {
		shared.Come(i)
		x, err := c.ForceSlot(h.ElemSlot(xs, i))
		if err != nil {
			return 0, err
		}
		if err := budget.Step(c, i); err != nil {
			return 0, err
		}
		if h.KindOf(x) == heap.String {
			contexts.add(core.Context(h.Context(x)))
			total += uint64(h.Len(x))
			continue
		}
		text, more, err := c.Need(heap.Lazy(x),
			"while evaluating one element of the list of strings to concat passed to builtins.concatStringsSep").
			Coerce(core.CopyToStore | core.Canonicalize)
		if err != nil {
			return 0, err
		}
		contexts.add(more)
		total += uint64(len(text))
		if !others.Add(text) {
			return 0, others.Err
		}
	}
	if !others.Done() {
		return 0, others.Err
	}
	ctx = c.UnionAll(contexts)
	// A result of 2 GiB or more is refused as if it passed the memory limit. The separator is
	// looked at first, since the product could overflow.
	if n > 1 {
		if len(sep) > math.MaxInt32 {
			return 0, c.CheckSize(math.MaxUint64)
		}
		total += uint64(n-1) * uint64(len(sep))
	}
	switch {
	case total == 0:
		return c.NewString("", ctx)
	case total > math.MaxInt32:
		return 0, c.CheckSize(math.MaxUint64)
	}
	v, out, err := c.NewBytes(int(total), ctx)
	if err != nil {
		return 0, err
	}
	// put copies text to the front of out, and cuts out there.
	put := func(text string) error {
		err := budget.CopyText(c, out, text)
		out = out[len(text):]
		return err
	}
	k := 0 // in others
	for i, x := range h.Elems(xs) {
		var text string
		if x := c.Known(x); h.KindOf(x) == heap.String {
			text = h.Text(x)
		} else {
			text = *others.At(k)
			k++
		}
		// Short texts are copied without asking the budget, but for each 64th.
		if len(text)+len(sep) < 256 && i&63 != 63 {
			if i > 0 {
				out = out[copy(out, sep):]
			}
			out = out[copy(out, text):]
			continue
		}
		if i > 0 {
			if err := put(sep); err != nil {
				return 0, err
			}
		}
		if err := put(text); err != nil {
			return 0, err
		}
		if err := c.Tick(8); err != nil {
			return 0, err
		}
	}
	return v, nil
}

// placeholder is builtins.placeholder: the text that stands for an output path within its
// own derivation, until the path is known: a slash and a hash of the output's name. The name
// is not checked, not even against the outputs of a derivation, and an empty one has a
// placeholder, too. The result has no context.
func placeholder(c *core.Call) (heap.Value, error) {
	output, err := c.Arg(0).Words("while evaluating the first argument passed to builtins.placeholder").PlainString()
	if err != nil {
		return 0, err
	}
	// OutputPlaceholder hashes in one go; a name of megabytes is hashed within the budget.
	if len(output) > budget.PartBytes {
		sum, err := nixhash.SumText(c, nixhash.SHA256, "nix-output:", output)
		if err != nil {
			return 0, err
		}
		return c.NewString(storepath.Placeholder(sum.Bytes()).Text(), 0)
	}
	return c.NewString(storepath.OutputPlaceholder(output), 0)
}

// stringLength is builtins.stringLength, in bytes: "ä" has two. A path is copied to the store
// first, and the length is that of its store path.
func stringLength(c *core.Call) (heap.Value, error) {
	_, text, _, err := coerce(c, "while evaluating the argument passed to builtins.stringLength")
	if err != nil {
		return 0, err
	}
	return c.Heap().NewInt(int64(len(text))), nil
}

// substring is builtins.substring, in bytes: it can cut a character of UTF-8. A length
// beyond the end, or below zero, means up to the end; the context stays, even of an
// empty result, which programs use to keep a context alone. Start, length and string are
// forced in this order, and a negative start is an error before the length is looked at. A
// result that is the whole string is that string, not a copy.
func substring(c *core.Call) (heap.Value, error) {
	start, err := c.Arg(0).Words("while evaluating the first argument (the start offset) passed to builtins.substring").Int()
	if err != nil {
		return 0, err
	}
	if start < 0 {
		return 0, c.Errorf(core.CodeOutOfRange, "negative start position in 'substring'")
	}
	n, err := c.Arg(1).Words("while evaluating the second argument (the substring length) passed to builtins.substring").Int()
	if err != nil {
		return 0, err
	}
	v, err := c.Arg(2).Value()
	if err != nil {
		return 0, err
	}
	h := c.Heap()
	var text string
	var ctx core.Context
	if h.KindOf(v) == heap.String {
		text, ctx = h.Text(v), core.Context(h.Context(v))
		if start == 0 && (n < 0 || n >= int64(len(text))) {
			return v, nil
		}
	} else {
		text, ctx, err = c.Need(heap.Lazy(v), "while evaluating the third argument (the string) passed to builtins.substring").
			Coerce(core.CopyToStore | core.Canonicalize)
		if err != nil {
			return 0, err
		}
	}
	// A start beyond the end gives "", with the context.
	start = min(start, int64(len(text)))
	end := int64(len(text))
	if n >= 0 && n < end-start {
		end = start + n
	}
	return newString(c, text[start:end], ctx)
}

// toPath is builtins.toPath: an absolute, clean path, but as a string, with the context of
// the argument. The file need not exist. A relative path is an error: there is no directory
// that it could be relative to.
func toPath(c *core.Call) (heap.Value, error) {
	path, ctx, err := c.Arg(0).Words("while evaluating the first argument passed to builtins.toPath").Path()
	if err != nil {
		return 0, err
	}
	if path, err = c.Settled(path); err != nil {
		return 0, err
	}
	return newString(c, path, ctx)
}

// toString is builtins.toString. A string is returned itself, with its context. The rules for
// other values are those of core, since interpolation and derivations coerce as well.
func toString(c *core.Call) (heap.Value, error) {
	v, err := c.Arg(0).Value()
	if err != nil || c.Heap().KindOf(v) == heap.String {
		return v, err
	}
	text, ctx, err := c.Need(heap.Lazy(v), "while evaluating the first argument passed to builtins.toString").Coerce(core.CoerceMore | core.Canonicalize)
	if err != nil {
		return 0, err
	}
	return newString(c, text, ctx)
}
