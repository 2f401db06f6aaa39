package drv

// This file defines how an ATerm becomes a Derivation.

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/eval/budget"
)

// Parse reads the text of the .drv file of the derivation with that name (without .drv). What is returned shares memory
// with the text.
//
// Like C++ Nix it forgives much: items need not be sorted, commas in lists may be missing, and what follows the closing
// parenthesis is ignored.
func Parse(dir storepath.Dir, name, text string) (*Derivation, error) {
	return ParseWithin(nil, dir, name, text)
}

// ParseWithin is Parse within a budget.
func ParseWithin(b budget.Budget, dir storepath.Dir, name, text string) (*Derivation, error) {
	p := parser{rest: text, dir: dir, budget: b}
	d := &Derivation{Name: name}
	if err := p.derivation(d); err != nil {
		return nil, err
	}
	return d, nil
}

// ParseFile is Parse for the text of the .drv file with that store path, which errors of form then mention.
func ParseFile(dir storepath.Dir, path, text string) (*Derivation, error) {
	base, err := dir.Parse(path)
	if err != nil {
		return nil, err
	}
	name, err := base.DrvName()
	if err != nil {
		return nil, err
	}
	d, err := Parse(dir, name, text)
	if form := (*FormatError)(nil); errors.As(err, &form) {
		err = errorf("error parsing derivation '%s': %w", path, err)
	}
	return d, err
}

// A FormatError tells what is wrong with the form of an ATerm. Other errors are about what it says, such as a store path
// that is not one.
type FormatError struct{ Msg string }

func (e *FormatError) Error() string { return e.Msg }

// ErrorCode returns the code that evaluators give the error.
func (e *FormatError) ErrorCode() string { return "invalid-derivation" }

// A parser holds what is still to be read, and the first error. After an error its methods do nothing.
type parser struct {
	rest   string
	dir    storepath.Dir
	err    error
	budget budget.Budget
	work   int // since the budget was asked
	size   int // of what was made of the text, in bytes
	depth  int // of inputs within inputs
}

// maxDepth is how deep derivations can be outputs of derivations that are outputs, and so on.
const maxDepth = 1000

// spend counts n steps, for which some bytes are taken.
func (p *parser) spend(n, bytes int) {
	p.size += bytes
	if p.work += n; p.work < 1<<10 || p.budget == nil || p.err != nil {
		return
	}
	if p.err = p.budget.Tick(p.work >> 4); p.err == nil {
		p.err = p.budget.Room(uint64(p.size))
	}
	p.work = 0
}

// fail remembers an error of form, unless there is an error already.
func (p *parser) fail(format string, args ...any) {
	if p.err == nil {
		p.err = &FormatError{fmt.Sprintf(format, args...)}
	}
}

// expect reads s, and fails if something else is there.
func (p *parser) expect(s string) {
	if p.err != nil {
		return
	}
	rest, ok := strings.CutPrefix(p.rest, s)
	if !ok {
		p.fail("expected string '%s'", s)
		return
	}
	p.rest = rest
}

// more reports whether another item of a list follows, after an optional comma.
func (p *parser) more() bool {
	const item = 64 // bytes that one takes, about
	if p.spend(1, item); p.err != nil {
		return false
	}
	if p.rest != "" && (p.rest[0] == ',' || p.rest[0] == ']') {
		c := p.rest[0]
		p.rest = p.rest[1:]
		return c == ','
	}
	return true
}

// str reads a string in quotes.
func (p *parser) str() string {
	p.expect(`"`)
	if p.err != nil {
		return ""
	}
	s := p.rest
	var b []byte // nil as long as there was no escape
	start := 0
	for i := p.scan(s, 0); i < len(s); i = p.scan(s, i) {
		switch s[i] {
		case '"':
			p.rest = s[i+1:]
			if b == nil {
				return s[:i]
			}
			return string(append(b, s[start:i]...))
		case '\\':
			if b == nil {
				b = make([]byte, 0, min(2*i+64, longString))
			}
			if len(b)+i-start > longString {
				return p.longStr(s, len(b)+i-start)
			}
			b = append(b, s[start:i]...)
			if i+1 < len(s) {
				b = append(b, unescape(s[i+1]))
			}
			i += 2
			start = i
		default:
			i++
		}
	}
	p.fail("unterminated string in derivation")
	return ""
}

// scan is the function scan, within the budget.
func (p *parser) scan(s string, i int) int {
	const window = 1 << 16
	for len(s)-i > window {
		end := i + window
		if i = scan(s[:end], i); i < end {
			p.spend(1, 0)
		} else {
			p.spend(window>>4, 0)
		}
		if p.err != nil {
			return len(s)
		}
		if i < end {
			return i
		}
	}
	return scan(s, i)
}

// longString is how long a string with escapes may be that is put together without knowing its length.
const longString = 1 << 18

// longStr reads the string that s begins with, of at least n bytes, which has escapes.
func (p *parser) longStr(s string, n int) string {
	size, end := 0, 0
	for end = p.scan(s, 0); end < len(s) && s[end] != '"'; end = p.scan(s, end) {
		if s[end] == '\\' {
			size--
			end++
		}
		end++
	}
	if end >= len(s) {
		p.fail("unterminated string in derivation")
		return ""
	}
	if size += end; p.budget != nil {
		if p.err = p.budget.Room(uint64(p.size + size)); p.err != nil {
			return ""
		}
	}
	p.size += size
	var b strings.Builder
	b.Grow(size)
	start := 0
	for i := p.scan(s[:end], 0); ; i = p.scan(s[:end], i) {
		const most = 1 << 16
		for i-start > most {
			b.WriteString(s[start : start+most])
			start += most
			p.spend(most>>6, 0)
		}
		if p.err != nil {
			return ""
		}
		if i >= end {
			b.WriteString(s[start:end])
			p.rest = s[end+1:]
			return b.String()
		}
		if s[i] == '\\' {
			b.WriteString(s[start:i])
			b.WriteByte(unescape(s[i+1]))
			i++
			start = i + 1
		}
		i++
	}
}

// unescape returns what a byte behind a backslash stands for.
func unescape(c byte) byte {
	switch c {
	case 'n':
		return '\n'
	case 'r':
		return '\r'
	case 't':
		return '\t'
	}
	return c
}

// strs reads a list of strings, which becomes sorted.
func (p *parser) strs() []string {
	var list []string
	p.expect("[")
	for p.more() {
		list = append(list, p.str())
	}
	return p.sortSet(list)
}

// sortSet sorts list, and removes what is there twice.
func (p *parser) sortSet(list []string) []string {
	if p.err == nil {
		p.err = budget.Sort(p.budget, list)
	}
	return slices.Compact(list)
}

// absolute checks a path as far as C++ Nix does before it looks for the store directory.
func (p *parser) absolute(path string) {
	if p.err == nil && !strings.HasPrefix(path, "/") {
		p.fail("bad path '%s' in derivation", path)
	}
}

// storePath checks that path is a store path, and returns it in its plain form.
func (p *parser) storePath(path string) string {
	if p.err != nil {
		return ""
	}
	base, err := p.dir.Parse(path)
	if err != nil {
		p.err = err
		return ""
	}
	if len(path) == len(p.dir)+1+len(base) {
		return path // it was plain
	}
	return p.dir.Text(base)
}

// derivation reads the whole text into d. The order of items in lists is forgiven; what is there twice counts as C++ Nix
// counts it, which keeps the first output of a name, and the last input and variable.
func (p *parser) derivation(d *Derivation) error {
	p.expect("D")
	dynamic := false
	switch {
	case p.err != nil:
	case strings.HasPrefix(p.rest, "e"):
		p.expect("erive(")
	case strings.HasPrefix(p.rest, "r"):
		p.expect("rvWithVersion(")
		if v := p.str(); v != "xp-dyn-drv" {
			p.fail("Unknown derivation ATerm format version '%s'", v)
		}
		p.expect(",")
		dynamic = true
	default:
		// Quirk: C++ Nix does not count this as an error of form.
		p.err = errors.New("derivation does not start with 'Derive' or 'DrvWithVersion'")
	}

	p.expect("[")
	for p.more() {
		p.expect("(")
		o := Output{Name: p.str()}
		p.output(&o, d.Name)
		d.Outputs = append(d.Outputs, o)
	}
	d.Outputs = firstOfEach(p, d.Outputs, func(o *Output) string { return o.Name })

	p.expect(",[")
	for p.more() {
		p.expect("(")
		path := p.str()
		p.absolute(path)
		p.expect(",")
		path = p.storePath(path)
		in := p.input(dynamic)
		in.Drv = path
		d.InputDrvs = append(d.InputDrvs, in)
		p.expect(")")
	}
	d.InputDrvs = lastOfEach(p, d.InputDrvs, func(in *InputDrv) string { return in.Drv })

	p.expect(",")
	d.InputSrcs = p.strs()
	for i, src := range d.InputSrcs {
		p.absolute(src)
		d.InputSrcs[i] = p.storePath(src)
	}
	d.InputSrcs = p.sortSet(d.InputSrcs)
	p.expect(",")
	d.System = p.str()
	p.expect(",")
	d.Builder = p.str()
	p.expect(",[")
	for p.more() {
		d.Args = append(d.Args, p.str())
	}
	p.expect(",[")
	for p.more() {
		p.expect("(")
		v := EnvVar{Name: p.str()}
		p.expect(",")
		v.Value = p.str()
		if v.Name == StructuredAttrs && p.err == nil && len(v.Value) <= longString {
			// C++ Nix reads the value and prints it again. Nix writes nothing else than what that prints, so only the
			// check is repeated here, if it does not take long.
			if err := json.Unmarshal([]byte(v.Value), new(map[string]json.RawMessage)); err != nil {
				p.err = errorf("cannot process %s attribute: %w", StructuredAttrs, err)
			}
		}
		p.expect(")")
		d.Env = append(d.Env, v)
	}
	d.Env = lastOfEach(p, d.Env, func(v *EnvVar) string { return v.Name })
	p.expect(")")
	return p.err
}

// output reads an output from behind its name.
func (p *parser) output(o *Output, drvName string) {
	p.expect(",")
	path := p.str()
	p.expect(",")
	algo := p.str()
	p.expect(",")
	digest := p.str()
	p.expect(")")
	if p.err != nil {
		return
	}
	if algo == "" {
		if path == "" {
			return // Deferred
		}
		p.absolute(path)
		o.Kind, o.Path = InputAddressed, p.storePath(path)
		return
	}
	for _, m := range []storepath.Method{storepath.NAR, storepath.Git, storepath.Text} {
		if rest, ok := strings.CutPrefix(algo, m.Prefix()); ok {
			o.Method, algo = m, rest
			break
		}
	}
	var err error
	if o.Algo, err = nixhash.ParseAlgo(algo); err != nil {
		p.err = err
		return
	}
	switch {
	case digest == "impure":
		if path != "" {
			p.fail("impure derivation output should not specify output path")
		}
		o.Kind = Impure
	case digest == "":
		if path != "" {
			p.fail("content-addressing derivation output should not specify output path")
		}
		o.Kind = Floating
	default:
		// The path in the text is not used: what Nix writes back is the computed one.
		p.absolute(path)
		if p.err != nil {
			return
		}
		if o.Hash, err = nixhash.ParseDigest(digest, o.Algo); err != nil {
			p.err = err
			return
		}
		computed, err := p.dir.MakeFixed(storepath.OutputName(drvName, o.Name), o.Method, o.Hash, storepath.References{})
		if err != nil {
			p.err = err
			return
		}
		o.Kind, o.Algo, o.Path = Fixed, 0, p.dir.Text(computed)
	}
}

// input reads what is used of a derivation.
func (p *parser) input(dynamic bool) (in InputDrv) {
	if p.depth++; p.depth > maxDepth {
		p.fail("derivations in derivation are nested too deeply")
	}
	defer func() { p.depth-- }()
	if p.err != nil {
		return in
	}
	switch {
	case !dynamic || strings.HasPrefix(p.rest, "["):
		in.Outputs = p.strs()
	case strings.HasPrefix(p.rest, "("):
		p.expect("(")
		in.Outputs = p.strs()
		p.expect(",[")
		for p.more() {
			p.expect("(")
			name := p.str()
			p.expect(",")
			sub := p.input(dynamic)
			sub.Drv = name
			p.expect(")")
			in.Dynamic = append(in.Dynamic, sub)
		}
		in.Dynamic = lastOfEach(p, in.Dynamic, func(in *InputDrv) string { return in.Drv })
		p.expect(")")
	default:
		p.fail("invalid inputDrvs entry in derivation")
	}
	return in
}

// firstOfEach sorts a list and keeps the first of equal keys.
func firstOfEach[T any](p *parser, list []T, key func(*T) string) []T {
	if p.err == nil {
		p.err = budget.SortFunc(p.budget, list, func(a, b T) (bool, error) { return key(&a) < key(&b), nil })
	}
	return slices.CompactFunc(list, func(a, b T) bool { return key(&a) == key(&b) })
}

// lastOfEach sorts a list and keeps the last of equal keys.
func lastOfEach[T any](p *parser, list []T, key func(*T) string) []T {
	for i := 1; i < len(list); i++ {
		if key(&list[i-1]) >= key(&list[i]) {
			slices.Reverse(list)
			return firstOfEach(p, list, key)
		}
	}
	return list
}
