package build

// This file defines one build: from the locks of the outputs to the outputs.

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"github.com/firn-lang/firn/builtins/build/sandbox"
	"github.com/firn-lang/firn/builtins/store/drv"
	"github.com/firn-lang/firn/builtins/store/local"
	"github.com/firn-lang/firn/builtins/store/storepath"
)

// An attempt is one build of a derivation, all of whose inputs are valid. It is for one
// goroutine.
type attempt struct {
	b       *Builder
	d       *drv.Derivation
	drvPath string
	mode    Mode
	opts    *requests

	inputs map[string]bool // closure of the inputs
	old    map[string]bool // outputs that are valid already, by names
	// scratch are the paths that outputs have while they are built, by names. They differ
	// from the final ones if these are valid, and no sandbox hides them.
	scratch map[string]string
	dir     *local.BuildDir
	chroot  string // folder of the sandbox; "" if there is none
	log     *buildLog

	final       map[string]string // what came out: paths by names
	status      Status
	start, stop time.Time
}

// run builds the derivation, and registers its outputs.
func (a *attempt) run(ctx context.Context) (err error) {
	if a.opts, err = a.b.optionsOf(a.d); err != nil {
		return err
	}
	for _, text := range a.opts.warnings {
		a.b.tell(Event{Kind: Warning, Drv: a.drvPath, Text: text})
	}
	a.final = map[string]string{}
	paths := make([]string, len(a.d.Outputs))
	for i := range a.d.Outputs {
		paths[i] = a.d.Outputs[i].Path
		a.final[a.d.Outputs[i].Name] = paths[i]
	}
	// The folder of the sandbox is called like the derivation.
	for _, p := range append(paths, a.drvPath) {
		if err := a.b.Store.AddTempRoot(ctx, p); err != nil {
			return err
		}
	}
	lock, err := a.b.Store.LockOutputs(ctx, paths)
	if err != nil {
		return err
	}
	defer lock.Keep()
	done, err := a.look(ctx)
	if err != nil {
		return err
	}
	if done {
		a.status = AlreadyValid
		lock.Release()
		return nil
	}
	if err := a.findInputs(ctx); err != nil {
		return err
	}
	if err := a.build(ctx); err != nil {
		return err
	}
	a.status = Built
	if err := a.b.postHook(ctx, a.drvPath, a.final); err != nil {
		return err
	}
	lock.Release()
	return nil
}

// look asks which outputs are valid, which another process may have made meanwhile. It
// reports whether all are, so that nothing is to be done, and deletes what there is of
// the others.
func (a *attempt) look(ctx context.Context) (bool, error) {
	a.old = map[string]bool{}
	for i := range a.d.Outputs {
		o := &a.d.Outputs[i]
		valid, err := a.b.Store.IsValid(ctx, o.Path)
		if err != nil {
			return false, err
		}
		if valid {
			a.old[o.Name] = true
		}
	}
	if len(a.old) == len(a.d.Outputs) && a.mode == Normal {
		return true, nil
	}
	for i := range a.d.Outputs {
		if o := &a.d.Outputs[i]; !a.old[o.Name] {
			if err := local.DeleteTree(a.b.Store.RealPath(o.Path)); err != nil {
				return false, err
			}
		}
	}
	return false, nil
}

// findInputs finds the closure of the inputs.
func (a *attempt) findInputs(ctx context.Context) error {
	a.inputs = map[string]bool{}
	for i := range a.d.InputDrvs {
		in := &a.d.InputDrvs[i]
		d, err := a.b.derivation(ctx, in.Drv)
		if err != nil {
			return err
		}
		for _, name := range in.Outputs {
			o := d.Output(name)
			if o == nil {
				return fmt.Errorf("derivation '%s' requires non-existent output '%s' from input derivation '%s'", a.drvPath, name, in.Drv)
			}
			if err := a.b.addClosure(ctx, a.inputs, o.Path); err != nil {
				return err
			}
		}
	}
	for _, src := range a.d.InputSrcs {
		if err := a.b.addClosure(ctx, a.inputs, src); err != nil {
			return err
		}
	}
	return nil
}

// build runs the builder, and registers what it has made.
func (a *attempt) build(ctx context.Context) (err error) {
	boxed, err := a.boxed()
	if err != nil {
		return err
	}
	if boxed {
		a.chroot = a.b.Store.RealPath(a.drvPath) + ".chroot"
		if err := local.DeleteTree(a.chroot); err != nil {
			return err
		}
	} else if _, err := os.Lstat(homeless); err == nil {
		return fmt.Errorf("home directory \"%s\" exists; please remove it to assure purity of builds without sandboxing", homeless)
	}
	parent := a.b.BuildDir
	if parent == "" {
		parent = filepath.Join(a.b.Store.StateDir(), "builds")
	}
	local.RemoveStaleBuilds(parent)
	if a.dir, err = local.MakeBuildDir(parent, a.chroot); err != nil {
		return err
	}
	defer func() {
		if cleaned := a.clean(err); err == nil {
			err = cleaned
		}
	}()
	a.chooseScratch()
	if a.log, err = a.b.openLog(a.drvPath); err != nil {
		return err
	}
	err = a.execute(ctx)
	var exit *exitError
	if err == nil {
		err = a.register(ctx)
	} else if errors.As(err, &exit) {
		if err := a.log.close(); err != nil {
			return err
		}
		return a.failure(exit)
	}
	if err != nil && !errors.Is(err, context.Canceled) {
		a.log.note(err)
	}
	if closed := a.log.close(); err == nil {
		err = closed
	}
	return err
}

// failure returns the error of a builder that failed.
func (a *attempt) failure(exit *exitError) error {
	e := &Error{
		Status: PermanentFailure, Drv: a.drvPath,
		Msg: fmt.Sprintf("Cannot build '%s'.\nReason: %s.%s%s", a.drvPath, exit, knownOutputs(a.d), a.log.lastLines()),
	}
	full := diskFull(a.b.Store.RealDir(), a.dir.Path)
	if full {
		e.Msg += "\nnote: build failure may have been caused by lack of free disk space"
	}
	if full || a.fixed() {
		e.Status = TransientFailure
	}
	return e
}

// boxed reports whether the derivation is built in a sandbox.
func (a *attempt) boxed() (bool, error) {
	boxed := false
	switch a.b.Sandbox {
	case Always:
		if a.opts.noChroot {
			return false, &Error{Status: MiscFailure, Drv: a.drvPath, Msg: fmt.Sprintf("derivation '%s' has '__noChroot' set, but that's not allowed when 'sandbox' is 'true'", a.drvPath)}
		}
		boxed = true
	case Relaxed:
		boxed = !a.fixed() && !a.opts.noChroot
	}
	diverted := string(a.b.dir) != filepath.ToSlash(a.b.Store.RealDir())
	if isBuiltin(a.d) || !boxed && !diverted {
		return false, nil
	}
	err := sandbox.Probe()
	switch {
	case err == nil:
		return true, nil
	case diverted:
		return false, fmt.Errorf("a store whose files are not where their paths say needs a sandbox: %w", err)
	case !a.b.SandboxFallback:
		return false, fmt.Errorf("this system has no sandbox: %w\nUse '--option sandbox false' to build without one", err)
	}
	a.b.sandboxNote.Do(func() {
		a.b.tell(Event{Kind: Warning, Text: fmt.Sprintf("builds are not sandboxed: %v", err)})
	})
	return false, nil
}

// chooseScratch chooses the paths that outputs have while they are built.
func (a *attempt) chooseScratch() {
	a.scratch = map[string]string{}
	for i := range a.d.Outputs {
		o := &a.d.Outputs[i]
		a.scratch[o.Name] = o.Path
		if a.chroot == "" && a.old[o.Name] {
			a.scratch[o.Name] = a.b.otherPath(a.drvPath, o.Path)
		}
	}
}

// otherPath returns a path that is no other object's, for an output that is built while
// its own path is valid.
func (b *Builder) otherPath(drvPath, output string) string {
	base := func(p string) string { return strings.TrimPrefix(p, string(b.dir)+"/") }
	const zeros = "sha256:0000000000000000000000000000000000000000000000000000000000000000"
	p, err := b.dir.Make("rewrite:"+base(drvPath)+":"+base(output), zeros, base(output)[hashLen+1:])
	if err != nil {
		return output // not with a name that output has
	}
	return b.dir.Text(p)
}

// real returns where on the disk an output is while it is built.
func (a *attempt) real(name string) string {
	if a.chroot != "" {
		return filepath.Join(a.root(), filepath.FromSlash(a.scratch[name]))
	}
	return a.b.Store.RealPath(a.scratch[name])
}

// root returns the folder that a builder in a sandbox sees as /.
func (a *attempt) root() string { return filepath.Join(a.chroot, "root") }

// begin tells that the builder runs.
func (a *attempt) begin() {
	a.start = time.Now()
	verb := "building"
	if a.mode == Check {
		verb = "checking outputs of"
	}
	a.b.tell(Event{Kind: Started, Drv: a.drvPath, Text: fmt.Sprintf("%s '%s'", verb, a.drvPath)})
}

// execute runs the builder.
func (a *attempt) execute(ctx context.Context) error {
	for name, scratch := range a.scratch {
		if o := a.d.Output(name); o.Path != scratch {
			if err := local.DeleteTree(a.b.Store.RealPath(scratch)); err != nil {
				return err
			}
		}
	}
	defer func() {
		a.stop = time.Now()
		a.b.tell(Event{Kind: Ended, Drv: a.drvPath})
	}()
	if isBuiltin(a.d) {
		a.begin()
		return a.runBuiltin(ctx)
	}
	inside, real := a.dir.Path, a.dir.Path
	if a.chroot != "" {
		inside, real = a.b.SandboxBuild, filepath.Join(a.dir.Path, "build")
		if err := os.Mkdir(real, 0o700); err != nil {
			return err
		}
	}
	s, err := a.surroundings(ctx, inside)
	if err != nil {
		return err
	}
	replacer := a.replacer()
	for name, text := range s.files {
		if err := writeNew(filepath.Join(real, name), replacer.Replace(text)); err != nil {
			return err
		}
	}
	spec := &sandbox.Spec{
		Path: sandbox.Text(a.d.Builder), Dir: sandbox.Text(inside), Env: sandbox.Texts(s.list(replacer)),
		System: sandbox.Text(a.d.System), Filter: !a.b.NoFilter, NewPrivileges: a.b.NewPrivileges,
	}
	args := []string{path.Base(a.d.Builder)}
	for _, arg := range a.d.Args {
		args = append(args, replacer.Replace(arg))
	}
	spec.Args = sandbox.Texts(args)
	if a.chroot != "" {
		if spec.Root, err = a.makeRoot(ctx, real); err != nil {
			return err
		}
	}
	return a.runProgram(ctx, spec)
}

// writeNew writes a file that is not there.
func writeNew(name, text string) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = f.WriteString(text)
	return errors.Join(err, f.Close())
}

// replacer replaces what a derivation has in place of the paths of its outputs.
func (a *attempt) replacer() *strings.Replacer {
	var pairs []string
	for name, scratch := range a.scratch {
		pairs = append(pairs, storepath.OutputPlaceholder(name), scratch)
		if final := a.d.Output(name).Path; final != scratch {
			pairs = append(pairs, a.hashOf(final), a.hashOf(scratch))
		}
	}
	return strings.NewReplacer(pairs...)
}

// hashOf returns the hash part of a store path.
func (a *attempt) hashOf(p string) string { return p[len(a.b.dir)+1:][:hashLen] }

// clean deletes the folders of a build, or keeps what can tell why it failed.
func (a *attempt) clean(failed error) error {
	var errs []error
	for name, scratch := range a.scratch {
		o := a.d.Output(name)
		switch {
		case scratch != o.Path:
			errs = append(errs, local.DeleteTree(a.b.Store.RealPath(scratch)))
		case failed != nil && a.chroot != "" && a.mode == Normal && !a.old[name]:
			// What was made is not valid, but can be looked at.
			if err := local.Move(a.real(name), a.b.Store.RealPath(o.Path)); err != nil && !errors.Is(err, fs.ErrNotExist) {
				errs = append(errs, err)
			}
		}
	}
	if a.chroot != "" {
		errs = append(errs, local.DeleteTree(a.chroot))
	}
	if failed == nil || !a.b.KeepFailed || isBuiltin(a.d) || errors.Is(failed, context.Canceled) {
		return errors.Join(append(errs, a.dir.Remove())...)
	}
	shown := a.dir.Path
	if a.chroot != "" {
		shown = filepath.Join(shown, "build")
		errs = append(errs, os.Chmod(shown, 0o755))
	}
	a.b.tell(Event{Kind: Note, Drv: a.drvPath, Text: fmt.Sprintf("note: keeping build directory \"%s\"", shown)})
	return errors.Join(append(errs, a.dir.Keep())...)
}
