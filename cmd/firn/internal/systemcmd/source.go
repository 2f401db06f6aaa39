package systemcmd

// This file defines how configurations are evaluated.

import (
	"cmp"
	"context"
	"errors"
	"os"
	"os/user"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/system"
	"github.com/firn-lang/firn/builtins/system/why"
	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
	"github.com/firn-lang/firn/cmd/firn/internal/flakecmd"
	"github.com/firn-lang/firn/cmd/firn/internal/setup"
	"github.com/firn-lang/firn/cmd/firn/internal/storecmd"
	"github.com/firn-lang/firn/eval"
	"github.com/firn-lang/firn/eval/world"
)

// sourceFlags say which configuration is evaluated, and how.
type sourceFlags struct {
	Flake string `short:"F" placeholder:"REF#NAME" help:"The configuration is an output of this flake. Without #NAME, it is that of this host, or user."`
	File  string `short:"f" placeholder:"FILE" help:"The configuration is in this file."`
	Attr  string `short:"A" placeholder:"ATTR" help:"It is this attribute of the file."`
	flakecmd.ConfigurationFlags

	noFlake bool // a flake is not looked for
}

// An evaluated is a configuration that has been evaluated.
type evaluated struct {
	drv    string      // the derivation of the generation, in the store
	path   string      // of the generation
	record *why.Record // nil if the value is a derivation alone

	source func(ctx context.Context, file string) *why.Source // modules, for why.Compare
}

// evaluate evaluates the configuration, and writes its derivation to the store.
func (f *sourceFlags) evaluate(ctx context.Context, e *storecmd.Env, kind system.Kind) (*evaluated, error) {
	if f.Flake != "" && (f.File != "" || f.Attr != "") {
		return nil, dropin.Usage("--flake cannot be used with --file or --attr")
	}
	ref := f.Flake
	if ref == "" && !f.noFlake {
		ref = f.usualFlake(e, kind)
	}
	out := &evaluated{}
	if ref != "" {
		return out, f.Output(ctx, e, ref, outputSets[kind], usualOutputs(e, kind), func(ctx context.Context, o flakecmd.OutputOf) error {
			if err := out.take(ctx, o.Evaluator, kind, o.Value, o.Shown, e.Host); err != nil {
				return err
			}
			if out.record != nil {
				out.record.Source = o.URL
			}
			return nil
		})
	}
	st, err := e.Store(ctx)
	if err != nil {
		return nil, err
	}
	if err := e.Set.Set("pure-eval", "false"); err != nil {
		return nil, err
	}
	opt := setup.Options(e.Streams, e.Set, &setup.Flags{Include: f.Include, ReadWrite: true})
	opt.Messages = &e.Log
	written := e.Target(st, e.Set.Text("store"))
	written.Use(&opt)
	ev, err := eval.New(opt)
	if err != nil {
		return nil, err
	}
	return out, ev.Run(ctx, func(ctx context.Context) error {
		v, err := f.value(ctx, e, ev, kind)
		if err != nil {
			return err
		}
		if err := out.take(ctx, ev, kind, v, func(file string) string { return file }, e.Host); err != nil {
			return err
		}
		return written.Save(ctx, false)
	})
}

// usualFlake returns the flake that is meant if the command line names no configuration; "" if
// there is none.
func (f *sourceFlags) usualFlake(e *storecmd.Env, kind system.Kind) string {
	if f.File != "" || f.Attr != "" {
		return ""
	}
	dir := "/etc/nixos"
	if kind == system.Home {
		dir = path.Join(configHome(e), "home-manager")
	} else if e.Getenv("NIXOS_CONFIG") != "" || slices.ContainsFunc(f.Include, func(i string) bool { return strings.HasPrefix(i, "nixos-config=") }) {
		return ""
	}
	file, err := filepath.EvalSymlinks(filepath.FromSlash(dir + "/flake.nix"))
	if err != nil {
		return ""
	}
	return path.Dir(filepath.ToSlash(file))
}

// configHome returns the folder of what a user configures.
func configHome(e *storecmd.Env) string {
	return cmp.Or(e.Getenv("XDG_CONFIG_HOME"), path.Join(e.Home, ".config"))
}

// outputSets are the outputs of flakes that have configurations.
var outputSets = map[system.Kind]string{system.NixOS: "nixosConfigurations", system.Home: "homeConfigurations"}

// usualOutputs returns the attribute paths of a flake that may be the configuration of this host, or
// user.
func usualOutputs(e *storecmd.Env, kind system.Kind) (list []string) {
	host, _ := os.Hostname()
	names := []string{host}
	if kind == system.Home {
		short, _, _ := strings.Cut(host, ".")
		login := userName(e)
		names = slices.Compact([]string{login + "@" + host, login + "@" + short, login})
	}
	for _, n := range names {
		list = append(list, flakecmd.Quoted(outputSets[kind], n))
	}
	return list
}

// userName returns the name of the user.
func userName(e *storecmd.Env) string {
	if name := e.Getenv("USER"); name != "" {
		return name
	}
	if u, err := user.Current(); err == nil {
		return u.Username
	}
	return ""
}

// value returns the configuration that is not an output of a flake.
func (f *sourceFlags) value(ctx context.Context, e *storecmd.Env, ev *eval.Evaluator, kind system.Kind) (v eval.Value, err error) {
	if kind == system.Home {
		return f.home(ctx, e, ev)
	}
	args, err := setup.Arguments(ctx, ev, e.Streams, f.Arguments())
	if err != nil {
		return v, err
	}
	if f.File == "" && f.Attr == "" {
		if err := named(ctx, e, ev); err != nil {
			return v, err
		}
		return ev.Eval(ctx, eval.Text{Name: "«string»", Source: "import <nixpkgs/nixos> { }", Dir: e.Dir})
	}
	name := f.File
	if name == "" {
		name = "./default.nix"
	}
	file, err := setup.FileArg(ctx, e.Streams, e.Set, ev, name)
	if err != nil {
		return v, err
	}
	if v, err = ev.EvalMain(ctx, file); err != nil {
		return v, err
	}
	if v, err = v.SelectWith(ctx, f.Attr, args); err != nil {
		return v, err
	}
	return v.AutoCall(ctx, args)
}

// named returns an error if the search path does not name the configuration of a machine.
func named(ctx context.Context, e *storecmd.Env, ev *eval.Evaluator) error {
	wanted := []string{"<nixpkgs/nixos>"}
	if e.Getenv("NIXOS_CONFIG") == "" {
		wanted = append(wanted, "<nixos-config>")
	}
	for _, w := range wanted {
		_, err := ev.Eval(ctx, eval.Text{Name: "«string»", Source: w, Dir: e.Dir})
		var failed *eval.Error
		if errors.As(err, &failed) && failed.Code == "search-path" {
			return dropin.Failure("no configuration is named, and there is no %s: --flake REF#NAME or --file FILE name one, "+
				"and so do -I nixos-config=FILE and -I nixpkgs=PATH together", w)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// home returns the configuration of a home, as the program home-manager evaluates it: the file
// is a module, or has one as an attribute.
func (f *sourceFlags) home(ctx context.Context, e *storecmd.Env, ev *eval.Evaluator) (v eval.Value, err error) {
	file := f.File
	if file == "" {
		file = path.Join(configHome(e), "home-manager/home.nix")
	}
	file = path.Clean(e.Absolute(file))
	if _, err := e.Host.Lstat(ctx, file); err != nil {
		return v, dropin.Failure("there is no configuration of a home at '%s'; --file and --flake name another one", file)
	}
	fn, err := ev.Eval(ctx, eval.Text{
		Name: "«string»", Dir: e.Dir,
		Source: "confPath: confAttr: import <home-manager/home-manager/home-manager.nix> { inherit confPath confAttr; }",
	})
	if err != nil {
		return v, err
	}
	return fn.Call(ctx, eval.PathString(file), f.Attr)
}

// toplevels are where a configuration has its generation.
var toplevels = map[system.Kind][][]string{
	system.NixOS: {{"config", "system", "build", "toplevel"}, {"system"}},
	system.Home:  {{"activationPackage"}, {"config", "home", "activationPackage"}},
}

// take evaluates the generation of a configuration, and makes the record of it.
func (out *evaluated) take(ctx context.Context, ev *eval.Evaluator, kind system.Kind, v eval.Value, shown func(string) string, host world.Host) error {
	top, err := toplevel(ctx, kind, v)
	if err != nil {
		return err
	}
	if out.drv, _, err = top.Instantiate(ctx); err != nil {
		return err
	}
	path, err := top.Select(ctx, "outPath")
	if err != nil {
		return err
	}
	if out.path, err = stringOf(path); err != nil {
		return err
	}
	if _, ok := v.Attr("options"); !ok {
		return nil
	}
	c := &collector{kind: kind, shown: shown}
	c.text = func(ctx context.Context, file string) (string, bool) {
		if text, err := world.ReadFile(ctx, host, file, maxSource); err == nil {
			return string(text), true
		}
		// A file of a flake is nowhere but in the evaluator's world.
		read, err := ev.EvalString(ctx, "builtins.readFile")
		if err == nil {
			read, err = read.Call(ctx, eval.PathString(file))
		}
		text, ok := read.Text()
		return text, err == nil && ok
	}
	if out.record, err = c.collect(ctx, v); err != nil {
		return err
	}
	out.record.Path = out.path
	out.source = c.source
	return nil
}

// maxSource is how large a module may be that is looked at, in bytes.
const maxSource = 16 << 20

// stringOf returns the text of a string.
func stringOf(v eval.Value) (string, error) {
	text, ok := v.Text()
	if !ok {
		return "", errors.New("the path of the generation is not a string")
	}
	return text, nil
}

// toplevel returns the derivation of the generation of a configuration.
func toplevel(ctx context.Context, kind system.Kind, v eval.Value) (eval.Value, error) {
	v, err := v.Force(ctx)
	if err != nil {
		return v, err
	}
	if is, err := isDerivation(ctx, v); is || err != nil {
		return v, err
	}
	if v.Kind() == eval.KindAttrs {
		for _, names := range toplevels[kind] {
			if _, ok := v.Attr(names[0]); ok {
				return v.Select(ctx, why.JoinPath(names))
			}
		}
	}
	what := "a machine: it has no config.system.build.toplevel"
	if kind == system.Home {
		what = "a home: it has no activationPackage"
	}
	return v, dropin.Failure("the value is %s, and not the configuration of %s", v.Describe(), what)
}

// target returns what is built of a configuration.
func (out *evaluated) target() store.Target {
	return store.Target{Path: out.drv, Built: true, Outputs: []string{"out"}}
}
