package builtins

// This file defines the builtins about strings, and about paths and hashes as
// texts.

import (
	"math"
	"strings"

	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/builtins/text/regex"
	"github.com/firn-lang/firn/eval/budget"
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/heap"
)

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
			Impl: func(c *core.Call) (heap.Value, error) { return match(c, patterns) },
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
			Impl: func(c *core.Call) (heap.Value, error) { return split(c, patterns) },
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
	others := budget.List[string]{Budget: c} // of the elements that are no strings themselves
	contexts := contextList{ctx}
	total := uint64(0)
	for i := range n {
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
	put := func(text string) error {
		err := budget.CopyText(c, out, text)
		out = out[len(text):]
		return err
	}
	k := 0 // in others
	for i, x := range h.Elems(xs) {
		var text string
		if x := heap.Value(x); h.KindOf(x) == heap.String {
			text = h.Text(x)
		} else {
			text = *others.At(k)
			k++
		}
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

// hashAlgo returns the hash algorithm of that name, if it may be used.
func hashAlgo(c *core.Call, name string) (nixhash.Algo, error) {
	algo, err := nixhash.ParseAlgo(shown(name))
	if algo == nixhash.BLAKE3 {
		err = c.Require("blake3-hashes", "")
	}
	return algo, c.Coded(core.CodeInvalidHash, err)
}

func hashString(c *core.Call) (heap.Value, error) {
	name, err := c.Arg(0).PlainString()
	if err != nil {
		return 0, err
	}
	algo, err := hashAlgo(c, name)
	if err != nil {
		return 0, err
	}
	text, _, err := c.Arg(1).String()
	if err != nil {
		return 0, err
	}
	sum, err := nixhash.SumText(c, algo, text)
	if err != nil {
		return 0, err
	}
	return c.NewString(sum.Text(nixhash.Base16), 0)
}

func convertHash(c *core.Call) (heap.Value, error) {
	args, err := c.Arg(0).Words("while evaluating the first argument passed to builtins.convertHash").Attrs()
	if err != nil {
		return 0, err
	}
	h := c.Heap()
	at, err := attr(c, args, "hash", "while locating the attribute 'hash'")
	if err != nil {
		return 0, err
	}
	text, err := c.Need(h.Load(at), "while evaluating the attribute 'hash'").PlainString()
	if err != nil {
		return 0, err
	}
	text = shown(text)
	var algo nixhash.Algo
	if l := h.Get(args, c.Intern("hashAlgo")); l != 0 {
		name, err := c.Need(l, "while evaluating the attribute 'hashAlgo'").PlainString()
		if err != nil {
			return 0, err
		}
		if algo, err = hashAlgo(c, name); err != nil {
			return 0, err
		}
	}
	if at, err = attr(c, args, "toHashFormat", "while locating the attribute 'toHashFormat'"); err != nil {
		return 0, err
	}
	name, err := c.Need(h.Load(at), "while evaluating the attribute 'toHashFormat'").PlainString()
	if err != nil {
		return 0, err
	}
	name = shown(name)
	format, deprecated, err := nixhash.ParseFormat(name)
	if err != nil {
		return 0, c.Coded(core.CodeInvalidHash, err)
	}
	if deprecated {
		c.Warn("%q is a deprecated alias for hash format %q.", name, format)
	}
	if nixhash.AlgoOf(text) == nixhash.BLAKE3 {
		if err := c.Require("blake3-hashes", ""); err != nil {
			return 0, err
		}
	}
	hash, err := nixhash.Parse(text, algo)
	if err != nil {
		return 0, c.Coded(core.CodeInvalidHash, err)
	}
	return c.NewString(hash.Text(format), 0)
}

// pattern compiles argument 0.
func pattern(c *core.Call, patterns *regex.Cache) (*regex.Regexp, error) {
	text, err := c.Arg(0).PlainString()
	if err != nil {
		return nil, err
	}
	re, err := patterns.Get(text, c)
	return re, c.Coded(core.CodeInvalidRegex, err)
}

func match(c *core.Call, patterns *regex.Cache) (heap.Value, error) {
	re, err := pattern(c, patterns)
	if err != nil {
		return 0, err
	}
	text, _, err := c.Arg(1).String()
	if err != nil {
		return 0, err
	}
	var buf [16]int
	groups, ok, err := re.Match(text, buf[:0], c)
	switch {
	case err != nil:
		return 0, c.Coded(core.CodeInvalidRegex, err)
	case !ok:
		return heap.NullValue, nil
	}
	return groupList(c, text, groups)
}

// groupList returns the list of what the groups of a match matched.
func groupList(c *core.Call, text string, groups []int) (heap.Value, error) {
	v, out, err := newList(c, len(groups)/2-1, 0)
	if err != nil {
		return 0, err
	}
	for i := range out {
		start, end := groups[2*i+2], groups[2*i+3]
		out[i] = heap.Lazy(heap.NullValue)
		if start >= 0 {
			if out[i], err = plainText(c, text[start:end]); err != nil {
				return 0, err
			}
		}
		if err := budget.Step(c, i); err != nil {
			return 0, err
		}
	}
	return v, nil
}

func split(c *core.Call, patterns *regex.Cache) (heap.Value, error) {
	re, err := pattern(c, patterns)
	if err != nil {
		return 0, err
	}
	text, _, err := c.Arg(1).String()
	if err != nil {
		return 0, err
	}
	parts := budget.List[heap.Lazy]{Budget: c}
	it := re.Iter(text, c)
	for it.Next() {
		groups, err := groupList(c, text, it.Groups())
		if err != nil {
			return 0, err
		}
		prefix, err := plainText(c, it.Prefix())
		if err != nil {
			return 0, err
		}
		if !parts.Add(prefix) || !parts.Add(heap.Lazy(groups)) {
			return 0, parts.Err
		}
	}
	if err := it.Err(); err != nil {
		return 0, c.Coded(core.CodeInvalidRegex, err)
	}
	if parts.Empty() {
		// Quirk: only then the string keeps its context.
		v, err := c.Arg(1).Value()
		if err != nil {
			return 0, err
		}
		return listOf(c, []heap.Lazy{heap.Lazy(v)})
	}
	suffix, err := plainText(c, it.Suffix())
	if err != nil {
		return 0, err
	}
	if !parts.Add(suffix) {
		return 0, parts.Err
	}
	return listValue(c, &parts)
}

func placeholder(c *core.Call) (heap.Value, error) {
	output, err := c.Arg(0).Words("while evaluating the first argument passed to builtins.placeholder").PlainString()
	if err != nil {
		return 0, err
	}
	if len(output) > budget.PartBytes {
		sum, err := nixhash.SumText(c, nixhash.SHA256, "nix-output:", output)
		if err != nil {
			return 0, err
		}
		return c.NewString(storepath.Placeholder(sum.Bytes()).Text(), 0)
	}
	return c.NewString(storepath.OutputPlaceholder(output), 0)
}

func replaceStrings(c *core.Call) (heap.Value, error) {
	from, err := c.Arg(0).List()
	if err != nil {
		return 0, err
	}
	to, err := c.Arg(1).List()
	if err != nil {
		return 0, err
	}
	h := c.Heap()
	n := h.Len(from)
	if n != h.Len(to) {
		return 0, c.Errorf(core.CodeInvalidArgument, "'from' and 'to' arguments passed to builtins.replaceStrings have different lengths")
	}
	r := replacer{c: c, h: h, to: to, out: budget.Buffer{Budget: c}}
	for i := range n {
		const words = "while evaluating one of the strings to replace passed to builtins.replaceStrings"
		v, err := c.ForceSlot(h.ElemSlot(from, i))
		if err != nil {
			return 0, c.Frame(err, words)
		}
		text, _, err := c.Need(heap.Lazy(v), words).String()
		if err != nil {
			return 0, err
		}
		if text == "" {
			r.hasEmpty = true
		} else {
			r.firsts[text[0]>>6] |= 1 << (text[0] & 63)
		}
		if err := budget.Step(c, i); err != nil {
			return 0, err
		}
	}
	r.from = h.Elems(from) // which are strings now
	if r.s, r.ctx, err = c.Arg(2).Words("while evaluating the third argument passed to builtins.replaceStrings").String(); err != nil {
		return 0, err
	}
	var buf [8]uint64
	r.known = newBitSet(buf[:], n)
	done, err := r.run()
	if err != nil {
		return 0, err
	}
	if done == 0 && r.out.Len() == 0 {
		v, err := c.Arg(2).Value()
		if err != nil || core.Context(h.Context(v)) == r.ctx {
			return v, err
		}
	}
	return bufferValue(r.c, &r.out, r.s[done:], r.ctx)
}

// A replacer does what builtins.replaceStrings is for.
type replacer struct {
	c        *core.Call
	h        *heap.Space
	from     []heap.Lazy // strings
	to       heap.Value  // a list of what replaces them
	known    bitSet      // those of which the replacement was evaluated
	firsts   [4]uint64   // the first bytes of what is replaced
	hasEmpty bool        // something that is replaced is empty
	s        string
	ctx      core.Context // of the result
	out      budget.Buffer
	work     int // comparisons that were not counted yet
}

// run puts what there is up to the last replacement into out, and returns how much
// of s that was.
func (r *replacer) run() (done int, err error) {
	for p := 0; p <= len(r.s); {
		i := -1
		if !r.hasEmpty {
			if p, i, err = r.skip(p); err != nil || p > len(r.s) {
				return done, err
			}
		}
		if i < 0 {
			if i, err = r.find(p); err != nil {
				return 0, err
			}
		}
		if i < 0 {
			p++
			continue
		}
		text, err := r.replacement(i)
		if err != nil {
			return 0, err
		}
		if r.out.Tail == nil {
			r.out.Tail = make([]byte, 0, min(len(r.s)+len(text)+64, budget.PartBytes))
		}
		if err := r.out.Add(r.s[done:p]); err != nil {
			return 0, err
		}
		if err := r.out.Add(text); err != nil {
			return 0, err
		}
		n := len(r.text(i))
		done = p + n
		p = done
		if n == 0 {
			p++
		}
	}
	return done, nil
}

// text returns string i of those that are replaced.
func (r *replacer) text(i int) string { return r.h.Text(heap.Value(r.from[i])) }

// skip returns where from p on something could be to replace; a place behind the
// end of s if there is nothing any more. i is what is there, or -1 if that is to be
// found out. What is replaced is not empty.
func (r *replacer) skip(p int) (_, i int, err error) {
	const long = 1 << 10
	one := ""
	if len(r.from) == 1 && len(r.text(0)) <= long {
		one = r.text(0)
	}
	for {
		end := min(len(r.s), p+budget.PartBytes)
		if one != "" {
			if i := strings.Index(r.s[p:min(len(r.s), end+long)], one); i >= 0 {
				return p + i, 0, r.compared(1)
			}
			p = end
		} else {
			for p < end && r.firsts[r.s[p]>>6]>>(r.s[p]&63)&1 == 0 {
				p++
			}
		}
		switch {
		case p == len(r.s):
			return p + 1, -1, nil
		case p < end:
			return p, -1, nil
		}
		if err := r.c.Tick(budget.PartBytes >> 9); err != nil {
			return 0, -1, err
		}
	}
}

// compared counts n comparisons.
func (r *replacer) compared(n int) error {
	if r.work += n; r.work < 1<<8 {
		return nil
	}
	n = r.work
	r.work = 0
	return r.c.Tick(n >> 5)
}

// find returns which string is at p, or -1 if there is none.
func (r *replacer) find(p int) (int, error) {
	rest := r.s[p:]
	for i := range r.from {
		text := r.text(i)
		if err := r.compared(1 + len(text)>>7); err != nil {
			return 0, err
		}
		if ok, err := budget.HasPrefix(r.c, rest, text); ok || err != nil {
			return i, err
		}
	}
	return -1, nil
}

// replacement returns what replaces string i.
func (r *replacer) replacement(i int) (string, error) {
	v := heap.Value(r.h.Elems(r.to)[i])
	if !r.known.has(i) {
		const words = "while evaluating one of the replacement strings passed to builtins.replaceStrings"
		var err error
		if v, err = r.c.ForceSlot(r.h.ElemSlot(r.to, i)); err != nil {
			return "", r.c.Frame(err, words)
		}
		_, ctx, err := r.c.Need(heap.Lazy(v), words).String()
		if err != nil {
			return "", err
		}
		r.ctx = r.c.Union(r.ctx, ctx)
		r.known.add(i)
	}
	return r.h.Text(v), nil
}

func stringLength(c *core.Call) (heap.Value, error) {
	_, text, _, err := coerce(c, "while evaluating the argument passed to builtins.stringLength")
	if err != nil {
		return 0, err
	}
	return c.Heap().NewInt(int64(len(text))), nil
}

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
	start = min(start, int64(len(text)))
	end := int64(len(text))
	if n >= 0 && n < end-start {
		end = start + n
	}
	return newString(c, text[start:end], ctx)
}

func toPath(c *core.Call) (heap.Value, error) {
	path, ctx, err := c.Arg(0).Words("while evaluating the first argument passed to builtins.toPath").Path()
	if err != nil {
		return 0, err
	}
	return newString(c, path, ctx)
}

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
