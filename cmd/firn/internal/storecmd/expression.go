package storecmd

// This file defines installables that are attributes of an expression.

import (
	"cmp"
	"context"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
	"github.com/firn-lang/firn/cmd/firn/internal/setup"
	"github.com/firn-lang/firn/eval"
)

// exprFlags say which expression has the attributes, and how it is evaluated.
type exprFlags struct {
	File string `short:"f" placeholder:"FILE" help:"Installables are attributes of the expression in this file; - is standard input."`
	Expr string `short:"E" placeholder:"TEXT" help:"Installables are attributes of this expression."`
	EvalFlags
	LockFlags
}

// EvalFlags say how expressions are evaluated.
type EvalFlags struct {
	Impure        bool     `help:"Let --expr read files and the environment, whatever pure-eval says."`
	Include       []string `short:"I" sep:"none" placeholder:"PATH" help:"Search here first for what stands between < and >: a folder, or NAME=PATH."`
	Arg           []string `sep:"none" placeholder:"NAME=EXPR" help:"An argument for functions on the way. Also: --arg NAME EXPR."`
	ArgStr        []string `name:"argstr" sep:"none" placeholder:"NAME=TEXT" help:"The same, for a string."`
	ArgFromFile   []string `sep:"none" placeholder:"NAME=FILE" help:"The same, for what a file contains."`
	ArgFromStdin  []string `sep:"none" placeholder:"NAME" help:"The same, for what standard input has."`
	OverrideFlake []string `sep:"none" placeholder:"REF=REF" help:"Let the first flake be the second one, whatever the registries say. Also: --override-flake REF REF."`
	EvalStore     string   `placeholder:"URL" help:"Write derivations and sources to this store, and not to the one that is looked at."`
}

// Arguments returns the arguments for functions.
func (f *EvalFlags) Arguments() []setup.Arg {
	var out []setup.Arg
	add := func(list []string, from setup.ArgSource) {
		for _, text := range list {
			name, value, _ := strings.Cut(text, "=")
			out = append(out, setup.Arg{Name: name, Value: value, From: from})
		}
	}
	add(f.Arg, setup.FromExpr)
	add(f.ArgStr, setup.FromText)
	add(f.ArgFromFile, setup.FromFile)
	add(f.ArgFromStdin, setup.FromStdin)
	return out
}

// evalStore returns the store that evaluation writes to: s, unless the flags name another.
func (f *EvalFlags) evalStore(ctx context.Context, e *Env, s store.Store) (store.Store, error) {
	if ref := f.EvalStore; ref != "" {
		return e.OpenStore(ctx, ref)
	}
	return s, nil
}

// evaluate returns what attributes of the expression stand for.
func (i *installables) evaluate(ctx context.Context, e *Env, s store.Store, words []string) (out []target, err error) {
	err = i.within(ctx, e, s, func(ctx context.Context, v eval.Value, args map[string]any) error {
		for _, word := range words {
			found, err := attribute(ctx, v, word, args)
			if err != nil {
				return err
			}
			for _, t := range found {
				t.word = word
				out = append(out, t)
			}
		}
		return nil
	})
	return out, err
}

// within calls fn with the value of the expression, and the arguments for functions, in a run of the
// evaluator. What that has put into the store is written afterwards.
func (i *installables) within(ctx context.Context, e *Env, s store.Store, fn func(ctx context.Context, v eval.Value, args map[string]any) error) error {
	if i.File != "" && i.Expr != "" {
		return dropin.Usage("'--file' and '--expr' are exclusive")
	}
	to, err := i.evalStore(ctx, e, s)
	if err != nil {
		return err
	}
	if i.File != "" || i.Impure {
		err = e.Set.Set("pure-eval", "false")
	} else if e.Name == "nix" { // whose commands are pure, unlike nix-instantiate and firn
		err = e.Set.Set("pure-eval", "true")
	}
	if err != nil {
		return err
	}
	flags := &setup.Flags{Include: i.Include, Args: i.Arguments()}
	opt := setup.Options(e.Streams, e.Set, flags)
	opt.Messages = &e.Log
	written := e.Target(to, cmp.Or(i.EvalStore, e.Set.Text("store")))
	written.Use(&opt)
	ev, err := eval.New(opt)
	if err != nil {
		return err
	}
	return ev.Run(ctx, func(ctx context.Context) error {
		args, err := setup.Arguments(ctx, ev, e.Streams, flags.Args)
		if err != nil {
			return err
		}
		v, err := i.expression(ctx, e, ev)
		if err != nil {
			return err
		}
		if err := fn(ctx, v, args); err != nil {
			return err
		}
		return written.Save(ctx, true)
	})
}

// expression returns the value of the expression.
func (i *installables) expression(ctx context.Context, e *Env, ev *eval.Evaluator) (v eval.Value, err error) {
	switch file := i.File; {
	case file == "-":
		text, err := io.ReadAll(e.In)
		if err != nil {
			return v, err
		}
		return ev.Eval(ctx, eval.Text{Name: "«stdin»", Source: string(text), Dir: e.Dir})
	case file == "":
		return ev.Eval(ctx, eval.Text{Name: "«string»", Source: i.Expr, Dir: e.Dir})
	default:
		if file, err = setup.FileArg(ctx, e.Streams, e.Set, ev, file); err != nil {
			return v, err
		}
		return ev.EvalMain(ctx, file)
	}
}

// attribute returns what an attribute of v stands for: derivations, with the outputs that a
// user wants of each, or the one path of a string.
func attribute(ctx context.Context, v eval.Value, word string, args map[string]any) ([]target, error) {
	attr, names, explicit, err := SplitOutputs(word)
	if err != nil {
		return nil, err
	}
	if attr == "." {
		attr = ""
	}
	x, err := v.SelectWith(ctx, attr, args)
	if err != nil {
		return nil, err
	}
	if x, err = x.Force(ctx); err != nil {
		return nil, err
	}
	if x.Kind() == eval.KindString {
		t, err := pathOf(x)
		t.shown = attr
		return []target{t}, err
	}
	found, err := x.Derivations(ctx, args)
	if err != nil {
		return nil, err
	}
	byDrv := map[string]*target{}
	for _, d := range found {
		drvPath, _, err := d.Instantiate(ctx)
		if err != nil {
			return nil, err
		}
		t := &target{shown: attr, path: drvPath, built: true, outputs: names}
		if !explicit {
			if t.outputs, err = wantedOutputs(ctx, d); err != nil {
				return nil, err
			}
		}
		if old := byDrv[drvPath]; old != nil && old.outputs != nil {
			old.outputs = append(old.outputs, t.outputs...)
			slices.Sort(old.outputs)
			old.outputs = slices.Compact(old.outputs)
		} else if old == nil {
			byDrv[drvPath] = t
		}
	}
	var out []target
	for _, drvPath := range slices.Sorted(maps.Keys(byDrv)) {
		out = append(out, *byDrv[drvPath])
	}
	return out, nil
}

// pathOf returns the store object that a string refers to, which must be all of the string.
func pathOf(v eval.Value) (target, error) {
	text, _ := v.Text()
	context := v.Context()
	if len(context) != 1 {
		return target{}, dropin.Failure("string '%s' has %d entries in its context. It should only have exactly one entry", text, len(context))
	}
	switch c := context[0]; c.Kind {
	case eval.ContextOutput:
		return target{path: c.Path, built: true, outputs: []string{c.Output}}, nil
	case eval.ContextDeep:
		return target{}, dropin.Failure("string '%s' has a context which refers to a complete source and binary closure. This is not supported at this time", text)
	default:
		if text != c.Path {
			return target{}, dropin.Failure("path '%s' has unexpected context: should be '%s'", text, c.Path)
		}
		return target{path: c.Path}, nil
	}
}

// wantedOutputs returns the names of the outputs of a derivation that a user wants who names
// none: the one that was selected, those that its meta data name, or all.
func wantedOutputs(ctx context.Context, d eval.Value) ([]string, error) {
	all, err := texts(ctx, d, "outputs")
	if err != nil {
		return nil, err
	}
	if all == nil {
		all = []string{"out"}
	}
	if chosen, ok, err := force(ctx, d, "outputSpecified"); err != nil {
		return nil, err
	} else if yes, _ := chosen.Bool(); ok && yes {
		if name, ok, err := force(ctx, d, "outputName"); err != nil {
			return nil, err
		} else if text, isText := name.Text(); ok && isText {
			return []string{text}, nil
		}
	}
	meta, ok, err := force(ctx, d, "meta")
	if err != nil {
		return nil, err
	}
	if ok && meta.Kind() == eval.KindAttrs {
		install, err := texts(ctx, meta, "outputsToInstall")
		if err != nil {
			return nil, err
		}
		if install != nil {
			all = install
		}
	}
	if len(all) == 0 {
		all = []string{"out"}
	}
	slices.Sort(all)
	return slices.Compact(all), nil
}

// force returns an attribute of a set; ok is false if there is none.
func force(ctx context.Context, set eval.Value, name string) (v eval.Value, ok bool, err error) {
	if v, ok = set.Attr(name); !ok {
		return v, false, nil
	}
	v, err = v.Force(ctx)
	return v, true, err
}

// texts returns an attribute that is a list of strings; nil if there is none.
func texts(ctx context.Context, set eval.Value, name string) ([]string, error) {
	list, ok, err := force(ctx, set, name)
	if err != nil || !ok || list.Kind() != eval.KindList {
		return nil, err
	}
	out := []string{}
	for _, x := range list.Elems() {
		if x, err = x.Force(ctx); err != nil {
			return nil, err
		}
		text, ok := x.Text()
		if !ok {
			return nil, dropin.Failure("the attribute '%s' of a derivation is not a list of strings", name)
		}
		out = append(out, text)
	}
	return out, nil
}
