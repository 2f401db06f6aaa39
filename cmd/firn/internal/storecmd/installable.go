package storecmd

// This file defines installables: how a command line names store objects, and which ones
// those are.

import (
	"bufio"
	"context"
	"errors"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/firn-lang/firn/builtins/build"
	"github.com/firn-lang/firn/builtins/profile"
	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
	"github.com/firn-lang/firn/cmd/firn/internal/terminal"
)

// installables are operands that name store objects: store paths, outputs of derivations,
// or attributes of an expression.
type installables struct {
	Installables []string `arg:"" optional:"" help:"Store paths, outputs of derivations as PATH.drv^out, or, with --file or --expr, attributes."`
	Stdin        bool     `help:"Read more of them from standard input."`
	exprFlags
}

// storePaths are operands that name store objects, with the flags of commands that work on
// any number of them.
type storePaths struct {
	installables
	selection
	Recursive bool `short:"r" help:"Also all that the paths refer to, directly or not."`
}

// selection are flags about what is meant by installables.
type selection struct {
	All        bool `help:"Every path of the store."`
	Derivation bool `help:"The derivations, and not their outputs."`
}

// A target is what an installable stands for: a store object, or outputs of a derivation.
type target struct {
	word    string          // of the command line
	shown   string          // the installable, for messages
	path    string          // of the object, or of the derivation
	built   bool            // outputs of path are meant
	via     []string        // outputs that lead from path to the derivation whose outputs are meant
	outputs []string        // their names, sorted; nil stands for all
	source  *profile.Source // the output of a flake that it comes from; nil for others
}

// outputSpec is what may follow the ^ of an installable.
var outputSpec = regexp.MustCompile(`^(\*|[a-zA-Z0-9+\-._?=]+(,[a-zA-Z0-9+\-._?=]+)*)$`)

// SplitOutputs separates an installable into what is before the last ^ and the outputs
// behind it. explicit is false if there is no ^; names is nil for *.
func SplitOutputs(text string) (prefix string, names []string, explicit bool, err error) {
	at := strings.LastIndexByte(text, '^')
	if at < 0 {
		return text, nil, false, nil
	}
	prefix, spec := text[:at], text[at+1:]
	switch {
	case !outputSpec.MatchString(spec):
		return "", nil, false, dropin.Failure("invalid extended outputs specifier '%s'", text)
	case spec == "*":
		return prefix, nil, true, nil
	}
	names = strings.Split(spec, ",")
	slices.Sort(names)
	return prefix, slices.Compact(names), true, nil
}

// words returns the installables, those of standard input among them. Without any, it is
// the expression itself, or the flake of the current folder, which "." stands for.
func (i *installables) words(e *Env) ([]string, error) {
	list := i.Installables
	switch {
	case i.Stdin && !terminal.Of(e.In, e.Getenv).Is:
		words := bufio.NewScanner(e.In)
		words.Buffer(nil, maxWord)
		words.Split(bufio.ScanWords)
		for words.Scan() {
			list = append(list, words.Text())
		}
		return list, words.Err()
	case len(list) == 0 && e.Name == "firn" && i.File == "" && i.Expr == "":
		return nil, dropin.Usage("an argument is missing: store paths, outputs as PATH.drv^out, or --file or --expr")
	case len(list) == 0:
		list = []string{"."}
	}
	return list, nil
}

// maxWord is how long a word of standard input may be, in bytes.
const maxWord = 1 << 20

// targets returns what the installables stand for. Derivations of expressions are written
// to the store.
func (i *installables) targets(ctx context.Context, e *Env, s store.Store) ([]target, error) {
	words, err := i.words(e)
	if err != nil {
		return nil, err
	}
	found, err := i.parse(ctx, e, s, words)
	if err == nil && i.EvalStore != "" {
		err = i.copyEvaluated(ctx, e, s, found)
	}
	return found, err
}

// copyEvaluated copies derivations from the store of the evaluation to another one.
func (i *installables) copyEvaluated(ctx context.Context, e *Env, s store.Store, found []target) error {
	from, err := i.evalStore(ctx, e, s)
	if err != nil || from == s {
		return err
	}
	var paths []string
	for _, t := range found {
		if valid, err := from.IsValid(ctx, t.path); err != nil {
			return err
		} else if valid {
			paths = append(paths, t.path)
		}
	}
	_, err = store.Copy(ctx, s, from, paths, store.Copying{})
	return err
}

// parse returns what words stand for.
func (i *installables) parse(ctx context.Context, e *Env, s store.Store, words []string) ([]target, error) {
	if i.File != "" || i.Expr != "" {
		return i.evaluate(ctx, e, s, words)
	}
	var out []target
	flakes := i.flakeResults(e)
	for _, word := range words {
		t, ok, err := e.parseTarget(s, word)
		found := Results{t}
		if err == nil && !ok {
			found, err = flakes(ctx, word)
		}
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
	}
	return out, nil
}

// parseTarget returns the store object that an installable names by its path; ok is false if it
// names none.
func (e *Env) parseTarget(s store.Store, word string) (t target, ok bool, err error) {
	prefix, names, explicit, err := SplitOutputs(word)
	if err != nil || strings.Contains(word, "#") || !strings.Contains(prefix, "/") {
		return target{}, false, err
	}
	if explicit {
		at, rest, dynamic := strings.Cut(prefix, "^")
		p, err := s.Dir().Parse(at)
		if err != nil {
			return target{}, false, nil
		}
		t = target{word: word, shown: word, path: s.Dir().Text(p), built: true, outputs: names}
		if dynamic {
			t.via = strings.Split(rest, "^")
			err = e.Set.RequireFeature("dynamic-derivations")
		}
		return t, true, err
	}
	p, err := e.FollowLinks(s, prefix)
	if err != nil {
		return target{}, false, nil
	}
	return target{word: word, shown: p, path: p}, true, nil
}

// derivations returns the derivations of targets, sorted. A store object that is no
// derivation stands for one that it is an output of.
func (e *Env) derivations(ctx context.Context, s store.Store, targets []target) ([]string, error) {
	found := map[string]bool{}
	for _, t := range targets {
		if t.built || strings.HasSuffix(t.path, storepath.DrvExtension) {
			found[t.path] = true
			continue
		}
		derivers, err := s.Derivers(ctx, t.path)
		if err != nil && !errors.Is(err, store.ErrInvalid) {
			return nil, err
		}
		if len(derivers) == 0 {
			return nil, dropin.Failure("'%s' does not have a known deriver", t.shown)
		}
		found[derivers[0]] = true
	}
	return slices.Sorted(maps.Keys(found)), nil
}

// outputsOf returns the paths of outputs of the derivation of a target, by their names.
func (e *Env) outputsOf(ctx context.Context, s store.Store, t target) (map[string]string, error) {
	shown := strings.Join(append([]string{t.path}, t.via...), "^")
	at, err := e.reached(ctx, s, t)
	if err != nil {
		return nil, err
	}
	var known map[string]string // none of what is no derivation
	if strings.HasSuffix(at, storepath.DrvExtension) {
		if known, err = store.OutputPaths(ctx, s, at); err != nil {
			return nil, notValid(err)
		}
	}
	names := t.outputs
	if names == nil {
		names = slices.Sorted(maps.Keys(known))
	}
	out := map[string]string{}
	for _, name := range names {
		path, ok := known[name]
		switch {
		case !ok:
			return nil, dropin.Failure("the derivation '%s' doesn't have an output named '%s'", shown, name)
		case path == "":
			return nil, &store.UnknownOutputError{Drv: shown, Output: name}
		}
		out[name] = path
	}
	return out, nil
}

// A realised is a target whose paths are known.
type realised struct {
	target
	paths map[string]string // by the names of outputs; a store object itself has the name ""
}

// list returns the paths, in the order of the names of outputs.
func (r *realised) list() []string {
	var out []string
	for _, name := range slices.Sorted(maps.Keys(r.paths)) {
		out = append(out, r.paths[name])
	}
	return out
}

// resolve returns the paths of targets, and says which ones are not valid, and so have to be
// built or fetched. If they are needed, that is done.
func (e *Env) resolve(ctx context.Context, s store.Store, targets []target, needed bool) ([]realised, error) {
	wanted := make([]store.Target, len(targets))
	for i := range targets {
		wanted[i] = targets[i].public()
	}
	m, err := e.Missing(ctx, s, wanted)
	if err != nil {
		return nil, err
	}
	if err := e.PrintMissing(ctx, s, m); err != nil {
		return nil, err
	}
	var made []map[string]string
	if needed {
		if made, err = e.RealiseOutputs(ctx, s, wanted, m); err != nil {
			return nil, PlainStatus(err)
		}
	}
	var out []realised
	for i, t := range targets {
		r := realised{target: t, paths: map[string]string{"": t.path}}
		switch {
		case t.built && made != nil && made[i] != nil:
			r.paths = made[i]
		case t.built:
			var err error
			if r.paths, err = e.outputsOf(ctx, s, t); err != nil {
				return nil, err
			}
		}
		out = append(out, r)
	}
	return out, nil
}

// PlainStatus returns an error with which a command of nix ends: with the status 1, whatever could
// not be built. The numbers of build.FailedError are for the older programs.
func PlainStatus(err error) error {
	failed, ok := errors.AsType[*build.FailedError](err)
	if !ok {
		return err
	}
	plain := *failed
	plain.Status = 1
	return &plain
}

// A chosen is what a command works on.
type chosen struct {
	roots []realised // what was named; nil with --all
	all   []string   // all paths, with those that they refer to if that is wanted, references first

	store store.Store // that has them; if all that they refer to was wanted, a snapshot
}

// choose returns the store objects that a command works on. needed says that they have to be
// valid.
func (i *installables) choose(ctx context.Context, e *Env, s store.Store, sel selection, recursive, needed bool) (c chosen, err error) {
	found := map[string]bool{}
	c.store = s
	if sel.All {
		words, err := i.withAll(e)
		if err != nil {
			return c, err
		}
		if len(words) > 0 {
			return c, dropin.Usage("'--all' does not expect arguments")
		}
		for p, err := range s.Paths(ctx) {
			if err != nil {
				return c, err
			}
			found[p] = true
		}
		if c.store, err = Snapshot(ctx, s, slices.Collect(maps.Keys(found))); err != nil {
			return c, err
		}
		c.all, err = store.ReferencesFirst(ctx, c.store, found)
		return c, err
	}
	targets, err := i.targets(ctx, e, s)
	if err != nil {
		return c, err
	}
	if sel.Derivation {
		drvs, err := e.derivations(ctx, s, targets)
		if err != nil {
			return c, err
		}
		for _, d := range drvs {
			c.roots = append(c.roots, realised{target: target{shown: d, path: d}, paths: map[string]string{"": d}})
		}
	} else if c.roots, err = e.resolve(ctx, s, targets, needed); err != nil {
		return c, err
	}
	var paths []string
	for j := range c.roots {
		paths = append(paths, c.roots[j].list()...)
	}
	if recursive {
		if c.store, err = Snapshot(ctx, s, paths); err != nil {
			return c, err
		}
		if found, err = closure(ctx, c.store, paths); err != nil {
			return c, err
		}
	}
	for _, p := range paths {
		found[p] = true
	}
	c.all, err = store.ReferencesFirst(ctx, c.store, found)
	return c, err
}

// withAll returns the installables of a command line that has --all, where none is no
// stand-in for the current folder.
func (i *installables) withAll(e *Env) ([]string, error) {
	if len(i.Installables) == 0 && !i.Stdin {
		return nil, nil
	}
	return i.words(e)
}

// choose returns the store objects that a command works on.
func (p *storePaths) choose(ctx context.Context, e *Env, s store.Store) ([]string, error) {
	c, err := p.installables.choose(ctx, e, s, p.selection, p.Recursive, false)
	return c.all, err
}

// open returns the store of a command, and the objects in it that the command works on.
func (p *storePaths) open(ctx context.Context, e *Env) (s store.Store, paths []string, err error) {
	if s, err = e.Store(ctx); err != nil {
		return nil, nil, err
	}
	paths, err = p.choose(ctx, e, s)
	return s, paths, err
}
