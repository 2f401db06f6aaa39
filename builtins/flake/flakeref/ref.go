package flakeref

// This file defines Ref, and how it is made and written.

import (
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/eval/datatext"
)

// Attrs are the attributes of a reference: strings, uint64 or Booleans.
type Attrs map[string]any

// A Ref is a reference.
type Ref struct {
	Attrs  Attrs
	Dir    string // the folder in the tree with the flake; "" for the tree itself
	scheme *scheme
}

// A Parser makes references.
type Parser struct {
	// Require returns an error unless an experimental feature is on; nil if all
	// are.
	Require func(feature string) error
	// Warn prints a warning; nil for no warnings.
	Warn Warner

	relative bool // paths may be relative: see ParseInput
	single   bool // a URL that does not look like an archive means a file
}

func (p *Parser) require(feature string) error {
	if p.Require == nil || feature == "" {
		return nil
	}
	return p.Require(feature)
}

func (p *Parser) warn(format string, args ...any) {
	if p.Warn != nil {
		p.Warn(format, args...)
	}
}

// final marks references that were resolved. It is no attribute for users.
const final = "__final"

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

func (u *URL) clone() *URL {
	v := *u
	v.Query = maps.Clone(u.Query)
	if v.Query == nil {
		v.Query = map[string]string{}
	}
	return &v
}

// Parse reads a reference to a flake: a name with perhaps a branch and a
// revision, a URL, or an absolute path.
func (p *Parser) Parse(text string) (*Ref, error) {
	r, fragment, err := p.parse(text)
	if err != nil {
		return nil, err
	}
	if fragment != "" {
		return nil, errorf("unexpected fragment '%s' in flake reference '%s'", fragment, text)
	}
	return r, nil
}

// ParseInput reads the reference of an input, as a flake.nix has it: other than for Parse, a
// path may be relative, to the folder of that flake.nix. If the input is no flake, a URL of
// http, https or file that does not end as archives do means a single file.
func (p *Parser) ParseInput(text string, isFlake bool) (*Ref, error) {
	q := *p
	q.relative, q.single = true, !isFlake
	return q.Parse(text)
}

// ParseFragment is Parse for a reference with perhaps a fragment behind it, which it returns
// decoded.
func (p *Parser) ParseFragment(text string) (r *Ref, fragment string, err error) {
	return p.parse(text)
}

func (p *Parser) parse(text string) (*Ref, string, error) {
	if path, fragment, ok := matchID(text); ok {
		attrs, err := p.fromURL(&URL{Scheme: "flake", Path: path})
		if err != nil {
			return nil, "", err
		}
		if !valid(fragment, fragmentChars+laxFragment) {
			return nil, "", badURL("invalid URI parameter '%s': bad hexdig in pct-encoding", fragment)
		}
		return attrs, decode(fragment), nil
	}
	u, err := ParseURL(text, true, p.warn)
	if err == nil {
		var r *Ref
		if r, err = p.withDir(u); err == nil {
			return r, u.Fragment, nil
		}
	}
	var bad *BadURLError
	if !errors.As(err, &bad) {
		return nil, "", err
	}
	return p.parsePath(text)
}

// withDir makes a reference of a URL whose query may say in which folder of the
// tree the flake is.
func (p *Parser) withDir(u *URL) (*Ref, error) {
	v := u.clone()
	dir := v.Query["dir"]
	delete(v.Query, "dir")
	v.Fragment = ""
	r, err := p.fromURL(v)
	if err != nil {
		return nil, err
	}
	r.Dir = dir
	return r, nil
}

func (p *Parser) parsePath(text string) (*Ref, string, error) {
	rest, fragment, _ := strings.Cut(text, "#")
	path, query, _ := strings.Cut(rest, "?")
	if strings.ContainsAny(fragment, "\n\r") {
		return nil, "", errorf("invalid flakeref '%s'", text)
	}
	q, err := parseQuery(query, true, p.warn)
	if err != nil {
		return nil, "", err
	}
	if strings.Contains(fragment, "%") && !valid(encodeOnly(fragment, " "), fragmentChars) {
		return nil, "", badURL("invalid URI parameter '%s': bad hexdig in pct-encoding", fragment)
	}
	u := &URL{Scheme: "path", Path: splitPath(path), Query: q}
	switch {
	case strings.HasPrefix(path, "/"):
		u.Authority = &Authority{}
	case !p.relative:
		return nil, "", badURL("flake reference '%s' is not an absolute path", text)
	}
	r, err := p.withDir(u)
	return r, decode(fragment), err
}

// FromURL makes a reference to a tree of a URL.
func (p *Parser) FromURL(text string) (*Ref, error) {
	u, err := ParseURL(text, false, p.warn)
	if err != nil {
		return nil, err
	}
	return p.fromURL(u)
}

func (p *Parser) fromURL(u *URL) (*Ref, error) {
	all := schemes()
	for i := range all {
		s := &all[i]
		attrs, err := s.fromURL(p, u)
		if err != nil {
			return nil, err
		}
		if attrs == nil {
			continue
		}
		if err := p.require(s.feature); err != nil {
			return nil, err
		}
		return &Ref{Attrs: attrs, scheme: s}, attrs.check()
	}
	if u.Scheme == "file+git" {
		return nil, errorf("input '%s' is unsupported; did you mean 'git+file' instead of 'file+git'?", u)
	}
	return nil, errorf("input '%s' is unsupported", u)
}

// FromAttrs makes a reference of attributes. withDir says that dir may be one
// of them, as in a reference to a flake.
func (p *Parser) FromAttrs(attrs Attrs, withDir bool) (*Ref, error) {
	attrs = maps.Clone(attrs)
	r := &Ref{Attrs: attrs}
	var dirErr error
	if withDir {
		r.Dir, _, dirErr = attrs.maybeText("dir")
		delete(attrs, "dir")
	}
	name, ok, err := attrs.maybeText("type")
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, errorf("'type' attribute to specify input scheme is required but not provided")
	}
	all := schemes()
	for i := range all {
		if all[i].name == name {
			r.scheme = &all[i]
		}
	}
	if r.scheme != nil {
		if err := p.require(r.scheme.feature); err != nil {
			return nil, err
		}
		for _, attr := range sortedKeys(attrs) {
			if attr != "type" && attr != final && !slices.Contains(r.scheme.allowed, attr) {
				return nil, errorf("input attribute '%s' not supported by scheme '%s'", attr, name)
			}
		}
		if r.Attrs, err = r.scheme.fromAttrs(p, attrs); err != nil {
			return nil, err
		}
	}
	if err := r.Attrs.check(); err != nil {
		return nil, err
	}
	return r, dirErr
}

// check checks the types of the attributes that all schemes have.
func (a Attrs) check() error {
	if _, _, err := a.maybeText("ref"); err != nil {
		return err
	}
	for _, name := range []string{"revCount", "lastModified"} {
		if v, ok := a[name]; ok {
			if _, ok := v.(uint64); !ok {
				return errorf("input attribute '%s' is not an integer", name)
			}
		}
	}
	return nil
}

// All returns the attributes, with that of a flake.
func (r *Ref) All() Attrs {
	attrs := maps.Clone(r.Attrs)
	if r.Dir != "" && !has(attrs, "dir") {
		attrs["dir"] = r.Dir
	}
	return attrs
}

// Type returns the kind of the reference.
func (r *Ref) Type() string {
	s, _ := r.Attrs["type"].(string)
	return s
}

// IsLocked reports whether the reference says which contents the tree has.
func (r *Ref) IsLocked() bool {
	_, hasHash := r.Attrs["narHash"]
	switch r.Type() {
	case "git", "hg", "github", "gitlab", "sourcehut":
		_, hasRev := r.Attrs["rev"]
		return hasRev
	case "indirect":
		return false
	}
	return hasHash && r.scheme != nil
}

// IsRelative reports whether the reference is a path relative to the flake that has it.
func (r *Ref) IsRelative() bool {
	path, ok := r.Attrs["path"].(string)
	return ok && r.Type() == "path" && !strings.HasPrefix(path, "/")
}

// Equal reports whether two references have the same attributes. Either may be nil.
func (r *Ref) Equal(other *Ref) bool {
	if r == nil || other == nil {
		return r == other
	}
	return r.Dir == other.Dir && maps.Equal(r.Attrs, other.Attrs)
}

// Canonical returns the reference with its URL in the form that the reference implementation
// writes now. Old lock files have a folder both as the attribute dir and in the query of url;
// then the query loses it.
func (r *Ref) Canonical() *Ref {
	text, ok := r.Attrs["url"].(string)
	if !ok {
		return r
	}
	u, err := ParseURL(text, true, func(string, ...any) {})
	if err != nil {
		return r
	}
	if dir, ok := u.Query["dir"]; ok && r.Dir != "" && dir == r.Dir {
		delete(u.Query, "dir")
	}
	c := *r
	c.Attrs = maps.Clone(r.Attrs)
	c.Attrs["url"] = u.String()
	return &c
}

// Text returns the reference as a URL.
func (r *Ref) Text(p *Parser) (string, error) {
	if r.scheme == nil {
		return "", errorf("cannot show unsupported input '%s'", r.Attrs)
	}
	u, err := r.scheme.toURL(p, r.Attrs)
	if err != nil {
		return "", err
	}
	if r.Dir != "" && !has(u.Query, "dir") {
		u = u.clone()
		u.Query["dir"] = r.Dir
	}
	return u.String(), nil
}

// String returns the attributes as JSON.
func (a Attrs) String() string {
	b := []byte{'{'}
	for i, name := range sortedKeys(a) {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendJSON(b, name)
		b = append(b, ':')
		switch v := a[name].(type) {
		case string:
			b = appendJSON(b, v)
		case uint64:
			b = strconv.AppendUint(b, v, 10)
		case bool:
			b = strconv.AppendBool(b, v)
		}
	}
	return string(append(b, '}'))
}

func appendJSON(b []byte, s string) []byte {
	out, err := datatext.AppendJSONString(b, s)
	if err != nil {
		return strconv.AppendQuote(b, s)
	}
	return out
}

func (a Attrs) maybeText(name string) (string, bool, error) {
	v, ok := a[name]
	if !ok {
		return "", false, nil
	}
	s, ok := v.(string)
	if !ok {
		return "", false, errorf("input attribute '%s' is not a string %s", name, a)
	}
	return s, true, nil
}

func (a Attrs) text(name string) (string, error) {
	s, ok, err := a.maybeText(name)
	if err == nil && !ok {
		err = errorf("input attribute '%s' is missing", name)
	}
	return s, err
}

func (a Attrs) flag(name string) (bool, error) {
	v, ok := a[name]
	if !ok {
		return false, nil
	}
	on, ok := v.(bool)
	if !ok {
		return false, errorf("input attribute '%s' is not a Boolean", name)
	}
	return on, nil
}

// revision returns the attribute rev as a hash in base 16.
func (a Attrs) revision() (string, bool, error) {
	s, ok, err := a.maybeText("rev")
	if err != nil || !ok {
		return "", false, err
	}
	h, err := nixhash.Parse(s, 0)
	if err != nil {
		if h, err = nixhash.Parse(s, revisionAlgo(s)); err != nil {
			return "", false, err
		}
	}
	return h.Text(nixhash.Base16), true, nil
}

// revisionAlgo returns the algorithm of a revision: repositories of Git may use SHA-256, which
// 64 digits tell.
func revisionAlgo(text string) nixhash.Algo {
	if len(text) == 64 {
		return nixhash.SHA256
	}
	return nixhash.SHA1
}

// addNarHash adds narHash to the query of u.
func (a Attrs) addNarHash(u *URL) error {
	h, ok, err := a.NarHash()
	if err == nil && ok {
		u.Query["narHash"] = h.Text(nixhash.SRI)
	}
	return err
}

// NarHash returns the attribute narHash.
func (a Attrs) NarHash() (nixhash.Hash, bool, error) {
	s, ok, err := a.maybeText("narHash")
	if err != nil || !ok {
		return nixhash.Hash{}, false, err
	}
	if s == "" {
		return nixhash.Hash{Algo: nixhash.SHA256}, true, nil
	}
	if !strings.Contains(s, "-") {
		return nixhash.Hash{}, false, errorf("hash '%s' is not SRI", s)
	}
	h, err := nixhash.Parse(s, 0)
	if err == nil && h.Algo != nixhash.SHA256 {
		err = errorf("narHash must use SHA-256")
	}
	return h, err == nil, err
}
