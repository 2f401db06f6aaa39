package flakecmd

// This file defines nix search and firn search: packages by their names and descriptions.

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/firn-lang/firn/builtins/fetch"
	"github.com/firn-lang/firn/builtins/text/regex"
	"github.com/firn-lang/firn/builtins/text/version"
	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
	"github.com/firn-lang/firn/cmd/firn/internal/setup"
	"github.com/firn-lang/firn/cmd/firn/internal/storecmd"
	"github.com/firn-lang/firn/cmd/firn/internal/terminal"
	"github.com/firn-lang/firn/eval"
	"github.com/firn-lang/firn/eval/ansi"
)

// Search prints the packages that regular expressions match.
type Search struct {
	Installable string   `arg:"" optional:"" help:"A flake, and perhaps a set of packages in it, as in nixpkgs#python3Packages. With --file or --expr: an attribute."`
	Regexes     []string `arg:"" optional:"" name:"regex" help:"What the attribute path, the name or the description matches, without regard to case; all of them have to. ^ matches all packages."`

	File    string   `short:"f" placeholder:"FILE" help:"Search in the value of this file."`
	Expr    string   `short:"E" placeholder:"TEXT" help:"Search in the value of this expression."`
	Exclude []string `short:"e" sep:"none" placeholder:"REGEX" help:"Leave out what this matches."`
	JSON    bool     `name:"json" help:"Print JSON."`
	evalFlags
	lockFlags
}

// A found is a package. Fields are short, since the cache has many.
type found struct {
	Path        string `json:"p"` // the attribute path, with dots
	Name        string `json:"n"`
	Version     string `json:"v,omitempty"`
	Description string `json:"d,omitempty"` // on one line
}

// A searcher is a search under way.
type searcher struct {
	*session
	ctx context.Context
	all []found
}

// Run searches. All packages of a flake that is locked are kept in a cache.
func (c *Search) Run(ctx context.Context, e *storecmd.Env) error {
	if len(c.Regexes) == 0 {
		return dropin.Usage("Must provide at least one regex! To match all packages, use '%s'.", "nix search <installable> ^")
	}
	regexes, err := compileAll(c.Regexes)
	if err != nil {
		return err
	}
	exclude, err := compileAll(c.Exclude)
	if err != nil {
		return err
	}
	if err := e.Set.Set("allow-import-from-derivation", "false"); err != nil {
		return err
	}
	c.Impure = c.Impure || c.File != ""
	c.config = true
	s, err := newSession(ctx, e, &c.evalFlags, &c.lockFlags)
	if err != nil {
		return err
	}
	w := &searcher{session: s}
	if err := s.ev.Run(ctx, func(ctx context.Context) error { w.ctx = ctx; return w.collect(c) }); err != nil {
		return err
	}
	return w.print(c, regexes, exclude)
}

// A pattern is a POSIX extended regular expression that does not regard the case of letters.
type pattern struct{ re *regex.Regexp } // of small letters

// anyCase replaces what small letters alone, or capital ones, match.
var anyCase = strings.NewReplacer("[:upper:]", "[:alpha:]", "[:lower:]", "[:alpha:]")

// compileAll compiles regular expressions.
func compileAll(texts []string) ([]pattern, error) {
	var out []pattern
	for _, text := range texts {
		re, err := regex.Compile(anyCase.Replace(smallLetters(text)), nil)
		if err != nil {
			return nil, dropin.Failure("invalid regular expression '%s'", text)
		}
		out = append(out, pattern{re})
	}
	return out, nil
}

// smallLetters returns text with small letters for the capital ones of ASCII, as long as before.
func smallLetters(text string) string {
	b := []byte(text)
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c | 0x20
		}
	}
	return string(b)
}

// matches reports whether text has a part that p matches. One that would take too much memory
// does not.
func (p pattern) matches(text string) bool {
	_, ok, err := p.re.Find(smallLetters(text), 0, 0, nil, nil)
	return ok && err == nil
}

// spans returns where the parts of text are that p matches.
func (p pattern) spans(text string) [][]int {
	var out [][]int
	for it := p.re.Iter(smallLetters(text), nil); it.Next(); {
		out = append(out, slices.Clone(it.Groups()[:2]))
	}
	return out
}

// collect sets all to the packages.
func (w *searcher) collect(c *Search) error {
	if c.File != "" || c.Expr != "" {
		return w.expression(c)
	}
	ref, fragment, err := parseRef(w.ctx, w.Env, cmp.Or(c.Installable, "."))
	if err != nil {
		return err
	}
	flake, err := w.open(w.ctx, ref, &c.lockFlags)
	if err != nil {
		return err
	}
	system := w.Set.Text("system")
	file := ""
	if print := flake.Fingerprint(); print != "" && len(c.OverrideFlakeArg) == 0 && !c.Impure && !flake.Changed() {
		sum := sha256.Sum256([]byte(print + "\x00" + system + "\x00" + fragment))
		file = w.cacheFile(hex.EncodeToString(sum[:]))
	}
	if w.all = readSearch(file); w.all != nil {
		return nil
	}
	root, err := outputsOf(w.ctx, flake)
	if err != nil {
		return err
	}
	var tries []string
	switch sets := []string{"packages." + system, "legacyPackages." + system}; {
	case fragment == "":
		tries = sets
	case fragment[0] == '.':
		tries = []string{fragment[1:]}
	default:
		tries = []string{sets[0] + "." + fragment, sets[1] + "." + fragment, fragment}
	}
	var near []string
	any := false
	for _, path := range tries {
		v, similar, err := follow(w.ctx, root, path)
		switch {
		case err != nil:
			return err
		case similar != nil:
			near = append(near, similar...)
			continue
		}
		any = true
		if err := w.visit(v, splitPath(path), true); err != nil {
			return err
		}
	}
	if !any {
		return notProvided(ref, tries, near, parserOf(w.Env))
	}
	writeSearch(file, w.all)
	return nil
}

// expression searches in the value of a file or text.
func (w *searcher) expression(c *Search) error {
	var v eval.Value
	var err error
	if c.File != "" {
		v, err = w.file(w.ctx, c.File)
	} else {
		v, err = w.ev.Eval(w.ctx, eval.Text{Name: "«string»", Source: c.Expr, Dir: w.Dir})
	}
	if err != nil {
		return err
	}
	args, err := setup.Arguments(w.ctx, w.ev, w.Streams, w.args)
	if err == nil {
		v, err = v.SelectWith(w.ctx, c.Installable, args)
	}
	if err == nil {
		v, err = v.AutoCall(w.ctx, args)
	}
	if err != nil {
		return err
	}
	return w.visit(v, nil, true)
}

// visit looks at what is at an attribute path. first says that it was asked for. What fails in
// legacyPackages is left out.
func (w *searcher) visit(v eval.Value, path []string, first bool) error {
	err := w.look(v, path, first)
	var e *eval.Error
	if err != nil && len(path) > 0 && path[0] == "legacyPackages" && w.ctx.Err() == nil &&
		errors.As(err, &e) && e.Kind != eval.ErrLimit && e.Kind != eval.ErrInterrupted {
		return nil
	}
	return err
}

// look is visit, but for errors.
func (w *searcher) look(v eval.Value, path []string, first bool) error {
	v, err := v.Force(w.ctx)
	if err != nil || v.Kind() != eval.KindAttrs {
		return err
	}
	is, err := w.textOf(v, "type")
	if err != nil {
		return err
	}
	if is == "derivation" {
		return w.derivation(v, path)
	}
	legacy := len(path) > 0 && path[0] == "legacyPackages"
	switch {
	case first, len(path) == 0, len(path) <= 2 && (legacy || path[0] == "packages"):
	case legacy:
		on, ok := v.Attr("recurseForDerivations")
		if !ok {
			return nil
		}
		if on, err = on.Force(w.ctx); err != nil {
			return err
		}
		if yes, _ := on.Bool(); !yes {
			return nil
		}
	default:
		return nil
	}
	for name, x := range v.Attrs() {
		if err := w.visit(x, append(path[:len(path):len(path)], name), false); err != nil {
			return err
		}
	}
	return nil
}

// derivation takes note of a derivation.
func (w *searcher) derivation(v eval.Value, path []string) error {
	full, err := w.textOf(v, "name")
	if err != nil {
		return err
	}
	f := found{Path: strings.Join(path, ".")}
	f.Name, f.Version = version.Split(full)
	if meta, ok := v.Attr("meta"); ok {
		if meta, err = meta.Force(w.ctx); err != nil {
			return err
		}
		if f.Description, err = w.textOf(meta, "description"); err != nil {
			return err
		}
		f.Description = strings.ReplaceAll(f.Description, "\n", " ")
	}
	w.all = append(w.all, f)
	return nil
}

// textOf returns an attribute that is a string; "" if there is none.
func (w *searcher) textOf(v eval.Value, name string) (string, error) {
	if v.Kind() != eval.KindAttrs {
		return "", nil
	}
	x, ok := v.Attr(name)
	if !ok {
		return "", nil
	}
	x, err := x.Force(w.ctx)
	if err != nil {
		return "", err
	}
	text, _ := x.Text()
	return strings.Clone(text), nil
}

// print prints the packages that match.
func (w *searcher) print(c *Search, regexes, exclude []pattern) error {
	doc := map[string]any{}
	color := w.Name == "nix" || terminal.Of(w.Out, w.Getenv).Color // Quirk: nix has colours without a terminal, too.
	paint := func(style, text string) string {
		if color {
			return style + text + ansi.Normal
		}
		return text
	}
	results := 0
	for i := range w.all {
		f := &w.all[i]
		if slices.ContainsFunc(exclude, f.matches) || slices.ContainsFunc(regexes, func(p pattern) bool { return !f.matches(p) }) {
			continue
		}
		results++
		if c.JSON {
			doc[f.Path] = map[string]any{"pname": f.Name, "version": f.Version, "description": f.Description}
			continue
		}
		if results > 1 {
			w.Lines("")
		}
		path, description := f.Path, f.Description
		if color {
			path, description = highlight(path, regexes, searchBold), highlight(description, regexes, ansi.Normal)
		}
		line := "* " + paint(searchBold, path)
		if f.Version != "" {
			line += " (" + f.Version + ")"
		}
		w.Lines(line)
		if f.Description != "" {
			w.Lines("  " + description)
		}
	}
	if c.JSON {
		return w.printJSON(doc)
	}
	if results == 0 {
		return dropin.Failure("no results for the given search term(s)!")
	}
	return nil
}

// searchBold begins the style of attribute paths.
const searchBold = "\x1b[0;1m"

// matches reports whether an expression matches a part of a package.
func (f *found) matches(p pattern) bool {
	return p.matches(f.Path) || p.matches(f.Name) || p.matches(f.Description)
}

// highlight returns text with what matches in green; after is the style behind that.
func highlight(text string, regexes []pattern, after string) string {
	var spans [][]int
	for _, p := range regexes {
		spans = append(spans, p.spans(text)...)
	}
	slices.SortStableFunc(spans, func(a, b []int) int { return cmp.Compare(a[0], b[0]) })
	var out strings.Builder
	end := 0
	for i := 0; i < len(spans); {
		from, to := spans[i][0], spans[i][1]
		for i++; i < len(spans) && spans[i][0] <= to; i++ {
			to = max(to, spans[i][1])
		}
		out.WriteString(text[end:from] + ansi.Green + text[from:to] + after)
		end = to
	}
	return out.String() + text[end:]
}

// cacheFile returns the file in the cache for the packages of a key; "" if there is no cache.
func (s *session) cacheFile(key string) string {
	dir := fetch.DefaultDir(s.Getenv, s.Home)
	if dir == "" {
		return ""
	}
	return filepath.Join(filepath.Dir(dir), "search", key+".json.gz")
}

// readSearch returns the packages in a file of the cache; nil if it has none, or is damaged.
func readSearch(file string) []found {
	if file == "" {
		return nil
	}
	f, err := os.Open(file)
	if err != nil {
		return nil
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil
	}
	out := []found{}
	if json.NewDecoder(z).Decode(&out) != nil {
		return nil
	}
	return out
}

// maxSearches is how many files the cache of searches has: the oldest are removed.
const maxSearches = 20

// writeSearch writes packages to a file of the cache. That it fails does not matter.
func writeSearch(file string, all []found) {
	if file == "" || os.MkdirAll(filepath.Dir(file), 0o777) != nil {
		return
	}
	var buf bytes.Buffer
	z, _ := gzip.NewWriterLevel(&buf, gzip.BestSpeed)
	if json.NewEncoder(z).Encode(all) != nil || z.Close() != nil {
		return
	}
	if info, err := os.Lstat(file); err == nil && !info.Mode().IsRegular() {
		_ = os.Remove(file) // a link would be followed
	}
	_ = writeWhole(filepath.ToSlash(file), buf.String())
	entries, err := os.ReadDir(filepath.Dir(file))
	if err != nil || len(entries) <= maxSearches {
		return
	}
	age := func(e os.DirEntry) int64 {
		info, err := e.Info()
		if err != nil {
			return 0
		}
		return info.ModTime().UnixNano()
	}
	slices.SortFunc(entries, func(a, b os.DirEntry) int { return cmp.Compare(age(a), age(b)) })
	for _, e := range entries[:len(entries)-maxSearches] {
		_ = os.Remove(filepath.Join(filepath.Dir(file), e.Name()))
	}
}
