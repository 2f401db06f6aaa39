package flakecmd

// This file defines nix develop and nix print-dev-env: the environment in which a derivation is built.

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/firn-lang/firn/builtins/build"
	"github.com/firn-lang/firn/builtins/build/devenv"
	"github.com/firn-lang/firn/builtins/flake/flakeref"
	"github.com/firn-lang/firn/builtins/flake/lock"
	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/drv"
	"github.com/firn-lang/firn/builtins/store/local"
	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
	"github.com/firn-lang/firn/cmd/firn/internal/storecmd"
	"github.com/firn-lang/firn/eval"
	"github.com/firn-lang/firn/eval/world"
)

// devFlags say which derivation is meant, and what becomes of its environment.
type devFlags struct {
	storecmd.Packages
	Profile  string   `placeholder:"PATH" help:"Set this profile to the environment, so that it is kept, and can be used by its path."`
	Redirect []string `sep:"none" placeholder:"PACKAGE=DIR" help:"Let the environment have this folder in place of a package. Also: --redirect PACKAGE DIR."`
}

// A devShell is what a devFlags means.
type devShell struct {
	*devFlags
	e     *storecmd.Env
	store store.Store
	path  string // of the environment
	env   *devenv.Environment

	flakes *session    // nil if there was no need for one
	flake  *eval.Flake // that has the derivation; nil if none has
}

// open builds the environment of a derivation.
func (c *devFlags) open(ctx context.Context, e *storecmd.Env) (*devShell, error) {
	word := "."
	switch len(c.Installables) {
	case 0:
	case 1:
		word = c.Installables[0]
	default:
		return nil, dropin.Usage("unexpected argument '%s'", c.Installables[1])
	}
	s, err := e.Store(ctx)
	if err != nil {
		return nil, err
	}
	d := &devShell{devFlags: c, e: e, store: s}
	results, err := d.results(ctx, word)
	if err != nil {
		return nil, err
	}
	if paths := results.Paths(); len(paths) == 1 && strings.HasSuffix(paths[0], "-env") {
		d.path = paths[0]
		err = e.Ensure(ctx, s, []store.Target{{Path: d.path}})
	} else {
		err = d.build(ctx, results, word)
	}
	if err == nil {
		err = e.UpdateProfile(ctx, s, c.Profile, d.path)
	}
	if err != nil {
		return nil, err
	}
	text, err := readObject(ctx, s, d.path)
	if err != nil {
		return nil, err
	}
	d.env, err = devenv.Parse(text)
	return d, err
}

// results returns what an operand stands for.
func (d *devShell) results(ctx context.Context, word string) (found storecmd.Results, err error) {
	if d.IsExpression() {
		return d.Evaluated(ctx, d.e, d.store, word)
	}
	if found, ok, err := d.e.PathResult(d.store, word); ok || err != nil {
		return found, err
	}
	lf := &lockFlags{LockFlags: d.LockFlags, config: true}
	if d.flakes, err = newSession(ctx, d.e, &evalFlags{EvalFlags: d.EvalFlags, store: true, build: true}, lf); err != nil {
		return nil, err
	}
	ref, _, _, err := storecmd.SplitOutputs(word)
	if err != nil {
		return nil, err
	}
	system := d.e.Set.Text("system")
	err = d.flakes.ev.Run(ctx, func(ctx context.Context) error {
		out, err := d.flakes.output(ctx, ref, lf,
			[]string{"devShells." + system + ".", "packages." + system + ".", "legacyPackages." + system + "."},
			[]string{"devShells." + system + ".default", "devShell." + system, "packages." + system + ".default", "defaultPackage." + system})
		if err == nil {
			d.flake = out.flake
			found, err = storecmd.FlakeResult(ctx, out.Value, word, d.flakes.source(out, word))
		}
		if err != nil {
			return err
		}
		return d.flakes.save(ctx, found.Paths()...)
	})
	return found, err
}

// build builds the environment of the derivation that results stand for.
func (d *devShell) build(ctx context.Context, results storecmd.Results, word string) error {
	drvPath, err := d.e.Derivation(ctx, d.store, results, word)
	if err != nil {
		return err
	}
	from := d.store // that the evaluation writes to
	if d.EvalStore != "" {
		if from, err = d.e.OpenStore(ctx, d.EvalStore); err != nil {
			return err
		}
	}
	recipe, err := store.ReadDerivation(ctx, from, drvPath)
	if err != nil {
		return err
	}
	program, err := from.AddText(ctx, store.Text{Name: devenv.ProgramName, Contents: devenv.Program})
	if err != nil {
		return err
	}
	view := store.NewView(from, d.e.Host)
	out, err := devenv.Derivation(recipe, from.Dir(), program, func(p string) (*drv.Modulo, error) { return view.Modulo(ctx, nil, p) })
	if err != nil {
		return err
	}
	p, err := out.Path(from.Dir())
	if err != nil {
		return err
	}
	text, err := out.Text()
	if err != nil {
		return err
	}
	if _, err := from.AddText(ctx, store.Text{Name: out.Name + storepath.DrvExtension, Contents: text, References: out.References(), Path: p}); err != nil {
		return err
	}
	if from != d.store {
		if _, err := store.Copy(ctx, d.store, from, []string{p}, store.Copying{}); err != nil {
			return err
		}
	}
	target := []store.Target{{Path: p, Built: true}}
	m, err := d.e.Missing(ctx, d.store, target)
	if err == nil {
		err = storecmd.PlainStatus(d.e.Realise(ctx, d.store, target, m))
	}
	if err != nil {
		return err
	}
	for i := range out.Outputs { // one of them has the environment
		d.path = out.Outputs[i].Path
		if info, err := d.store.Files().Lstat(ctx, d.path); err == nil && info.Size > 0 {
			return nil
		}
	}
	return dropin.Failure("get-env.sh failed to produce an environment")
}

// maxEnvironment is how long an environment may be, in bytes.
const maxEnvironment = 1 << 28

// readObject returns the contents of a store object that is a file.
func readObject(ctx context.Context, s store.Store, p string) ([]byte, error) {
	host := s.Files()
	if host == nil {
		return nil, dropin.Failure("the files of the store cannot be read")
	}
	text, err := world.ReadFile(ctx, host, p, maxEnvironment)
	return []byte(text), err
}

// script returns commands that set the environment. Files of structured attributes are written to a
// new folder.
func (d *devShell) script(ctx context.Context) (string, error) {
	attrs := ""
	if d.env.Structured != nil {
		dir, err := os.MkdirTemp("", "nix-develop-")
		if err != nil {
			return "", storecmd.FileError(err)
		}
		for name, text := range d.env.Structured {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
				return "", storecmd.FileError(err)
			}
		}
		attrs = filepath.ToSlash(dir)
	}
	replace, err := d.redirects(ctx)
	if err != nil {
		return "", err
	}
	return d.env.Script(path.Join(d.e.Dir, "outputs"), attrs, replace)
}

// redirects returns folders by the store paths that they stand in for.
func (d *devShell) redirects(ctx context.Context) (map[string]string, error) {
	if len(d.Redirect) == 0 {
		return nil, nil
	}
	all, err := d.env.JSON()
	if err != nil {
		return nil, err
	}
	out := map[string]string{}
	for _, text := range d.Redirect {
		word, dir, _ := strings.Cut(text, "=")
		results, err := d.results(ctx, word)
		if err != nil {
			return nil, err
		}
		paths, err := d.e.OutPaths(ctx, d.store, results)
		if err != nil {
			return nil, err
		}
		to := path.Clean(d.e.Absolute(dir))
		for _, from := range paths {
			if !strings.Contains(string(all), from) {
				d.e.Log.Warn(fmt.Sprintf("'%s' (path '%s') is not used by this build environment", word, from))
				continue
			}
			d.e.Log.Say(dropin.Info, fmt.Sprintf("redirecting '%s' to \"%s\"", from, to))
			out[from] = to
		}
	}
	return out, nil
}

// bash returns the bash of nixpkgs: that of the flake's own input of that name, or of the registries;
// "bash" if it cannot be had.
func (d *devShell) bash(ctx context.Context) (string, error) {
	shell, err := d.nixpkgsBash(ctx)
	if err == nil || ctx.Err() != nil {
		return shell, err
	}
	d.e.Log.Ignored(err)
	return "bash", nil
}

// nixpkgsBash builds bashInteractive of nixpkgs.
func (d *devShell) nixpkgsBash(ctx context.Context) (string, error) {
	ref, err := d.nixpkgs()
	if err != nil {
		return "", err
	}
	lf := &lockFlags{LockFlags: d.LockFlags, config: true}
	lf.OverrideInput, lf.UpdateInput = nil, nil
	if d.flakes == nil {
		if d.flakes, err = newSession(ctx, d.e, &evalFlags{EvalFlags: d.EvalFlags, store: true, build: true}, lf); err != nil {
			return "", err
		}
	}
	var found storecmd.Results
	err = d.flakes.ev.Run(ctx, func(ctx context.Context) error {
		out, err := d.flakes.outputAt(ctx, ref, "bashInteractive", lf, []string{"legacyPackages." + d.e.Set.Text("system") + "."}, nil)
		if err == nil {
			found, err = storecmd.FlakeResult(ctx, out.Value, "bashInteractive", nil)
		}
		if err != nil {
			return err
		}
		return d.flakes.save(ctx, found.Paths()...)
	})
	if err != nil {
		return "", err
	}
	paths, err := d.e.OutPaths(ctx, d.store, found)
	if err != nil {
		return "", err
	}
	real := func(p string) string {
		if s, ok := d.store.(*local.Store); ok {
			return s.RealPath(p)
		}
		return p
	}
	for _, p := range paths {
		if _, err := os.Lstat(filepath.Join(real(p), "bin", "bash")); err == nil {
			return p + "/bin/bash", nil
		}
	}
	return "", dropin.Failure("package 'nixpkgs#bashInteractive' does not provide a 'bin/bash'")
}

// nixpkgs returns the reference of the nixpkgs that bash is taken from.
func (d *devShell) nixpkgs() (*flakeref.Ref, error) {
	if d.flake != nil {
		n, err := d.flake.Lock.Find(lock.Path{"nixpkgs"})
		if err == nil && n != nil && n != d.flake.Lock.Root && n.Locked != nil && !n.IsTree {
			return n.Locked, nil
		}
	}
	return parserOf(d.e).FromAttrs(flakeref.Attrs{"type": "indirect", "id": "nixpkgs"}, true)
}

// PrintDevEnv prints commands that set the environment of a derivation.
type PrintDevEnv struct {
	devFlags
	JSON bool `name:"json" help:"Print the environment as JSON."`
}

// Run builds the environment, and prints it.
func (c *PrintDevEnv) Run(ctx context.Context, e *storecmd.Env) error {
	d, err := c.open(ctx, e)
	if err != nil {
		return err
	}
	if c.JSON {
		text, err := d.env.JSON()
		if err == nil {
			e.Lines(string(text))
		}
		return err
	}
	script, err := d.script(ctx)
	if err == nil {
		_, err = e.Text.WriteString(script)
	}
	return err
}

// Develop starts a shell with the environment of a derivation.
type Develop struct {
	devFlags
	storecmd.EnvironmentFlags
	Command      []string `short:"c" sep:"none" placeholder:"COMMAND..." help:"Run this command in place of a shell for the user; all that follows belongs to it."`
	Phase        string   `placeholder:"NAME" help:"Run this phase of stdenv."`
	Unpack       bool     `help:"Run the phase that unpacks."`
	Configure    bool     `help:"Run the phase that configures."`
	Build        bool     `help:"Run the phase that builds."`
	Check        bool     `help:"Run the phase that checks."`
	Install      bool     `help:"Run the phase that installs."`
	Installcheck bool     `help:"Run the phase that checks what was installed."`
}

// phase returns the phase that is to be run; "" for none.
func (c *Develop) phase() string {
	for _, p := range []struct {
		given bool
		name  string
	}{{c.Unpack, "unpack"}, {c.Configure, "configure"}, {c.Build, "build"}, {c.Check, "check"}, {c.Install, "install"}, {c.Installcheck, "installCheck"}} {
		if p.given {
			return p.name
		}
	}
	return c.Phase
}

// Run builds the environment, and makes the process the shell.
func (c *Develop) Run(ctx context.Context, e *storecmd.Env) (err error) {
	d, err := c.open(ctx, e)
	if err != nil {
		return err
	}
	script, err := d.script(ctx)
	if err != nil {
		return err
	}
	rc, err := os.CreateTemp("", "nix-shell.")
	if err != nil {
		return storecmd.FileError(err)
	}
	defer func() {
		_ = rc.Close()
		if next := (*dropin.Become)(nil); !errors.As(err, &next) {
			_ = os.Remove(rc.Name())
		}
	}()
	if e.Log.Level >= dropin.Debug {
		script += "set -x\n"
	}
	script += "command rm -f " + build.ShellQuote(rc.Name()) + "\n"
	phase := c.phase()
	switch {
	case phase != "" && len(c.Command) > 0:
		return dropin.Usage("you cannot use both '--command' and '--phase'")
	case phase != "":
		script += "foundMakefile=1\nrunHook " + phase + "Phase\n"
	case len(c.Command) > 0:
		words := make([]string, len(c.Command))
		for i, w := range c.Command {
			words[i] = build.ShellQuote(w)
		}
		script += "exec " + strings.Join(words, " ") + "\n"
	default:
		script = c.forUser(e, script)
	}
	env, err := c.Environment(os.Environ())
	if err != nil {
		return err
	}
	shell, err := d.bash(ctx)
	if err != nil {
		return err
	}
	env["NIX_GCROOT"], env["SHELL"] = d.path, shell // which keeps the environment as long as the shell runs
	script += "SHELL=\"" + shell + "\"\n"
	if shell != "bash" {
		script += "PATH=\"" + path.Dir(shell) + "${PATH:+:$PATH}\"\n"
	}
	if _, err := rc.WriteString(script); err != nil {
		return storecmd.FileError(err)
	}
	args := []string{path.Base(shell), "--rcfile", rc.Name()}
	if phase != "" || len(c.Command) > 0 { // Ctrl-C ends it, and leaves no shell for the user
		args = slices.Delete(args, 1, 2)
	}
	if dir, ok := d.sourceDir(); ok && phase != "" {
		if err := os.Chdir(filepath.FromSlash(dir)); err != nil {
			return storecmd.FileError(err)
		}
	}
	return e.Execute(d.store, shell, args, storecmd.EnvironmentList(maps.Clone(env)))
}

// sourceDir returns the folder of the flake that has the derivation, if it is one of this machine.
func (d *devShell) sourceDir() (string, bool) {
	if d.flake == nil {
		return "", false
	}
	return sourceDir(d.flake.Resolved)
}

// forUser returns the commands of a shell for the user, with the prompt of the settings.
func (c *Develop) forUser(e *storecmd.Env, script string) string {
	script = "[ -n \"$PS1\" ] && [ -e ~/.bashrc ] && source ~/.bashrc;\nshopt -u expand_aliases\n" + script + "\nshopt -s expand_aliases\n"
	for _, p := range []struct{ setting, before, after string }{
		{"bash-prompt", "PS1=", ""}, {"bash-prompt-prefix", "PS1=", `"$PS1"`}, {"bash-prompt-suffix", "PS1+=", ""},
	} {
		if text := e.Set.Text(p.setting); text != "" {
			script += "[ -n \"$PS1\" ] && " + p.before + build.ShellQuote(text) + p.after + ";\n"
		}
	}
	return script
}
