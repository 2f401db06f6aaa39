package build

// This file defines one build: from the locks of the outputs to the outputs.

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"github.com/firn-lang/firn/builtins/build/sandbox"
	"github.com/firn-lang/firn/builtins/store"
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
	kind    drv.OutputKind
	sound   *soundness // for the mode Repair

	inputs map[string]bool   // closure of the inputs
	known  map[string]string // paths of outputs that are known before they are built, by names
	old    map[string]bool   // outputs that are valid already, and sound where that counts, by names
	// damaged are outputs that are to be repaired, by names.
	damaged map[string]bool
	// scratch are the paths that outputs have while they are built, by names. They differ
	// from the known ones if there is something at these, and no sandbox hides it.
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
	if a.kind, err = a.d.Kind(); err != nil {
		return err
	}
	if err := a.findKnown(ctx); err != nil {
		return err
	}
	locked := make([]string, len(a.d.Outputs))
	for i := range a.d.Outputs {
		o := &a.d.Outputs[i]
		if locked[i] = o.Path; o.Path == "" {
			locked[i] = a.drvPath + "." + o.Name
		}
	}
	// The folder of the sandbox is called like the derivation.
	if err := a.b.Store.AddTempRoot(ctx, a.drvPath); err != nil {
		return err
	}
	lock, err := a.b.Store.LockOutputs(ctx, locked)
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

// findKnown finds the paths of outputs that are known before they are built, and keeps them
// from being collected. An impure output has a new one each time, until it is known what it
// is.
func (a *attempt) findKnown(ctx context.Context) error {
	a.known, a.old, a.damaged, a.final = map[string]string{}, map[string]bool{}, map[string]bool{}, map[string]string{}
	for i := range a.d.Outputs {
		name := a.d.Outputs[i].Name
		if a.kind == drv.Impure {
			path, err := a.b.randomPath(storepath.OutputName(a.d.Name, name))
			if err != nil {
				return err
			}
			a.known[name] = path
			continue
		}
		path, valid, err := a.b.known(ctx, a.d, name)
		if err != nil {
			return err
		}
		if path == "" {
			continue
		}
		a.known[name], a.final[name] = path, path
		if valid && a.mode == Repair {
			if valid, err = a.sound.of(ctx, path); err != nil {
				return err
			}
			a.damaged[name] = !valid
		}
		a.old[name] = valid
		if err := a.b.Store.AddTempRoot(ctx, path); err != nil {
			return err
		}
	}
	return nil
}

// look asks which outputs are valid, which another process may have made meanwhile. It
// reports whether all are, so that nothing is to be done, and deletes what there is of
// the others.
func (a *attempt) look(ctx context.Context) (bool, error) {
	if a.kind != drv.Impure {
		if err := a.findKnown(ctx); err != nil {
			return false, err
		}
	}
	all := true
	for i := range a.d.Outputs {
		all = all && a.old[a.d.Outputs[i].Name]
	}
	if all && a.mode != Check {
		return true, nil
	}
	for name, path := range a.known {
		if a.old[name] || a.damaged[name] {
			continue
		}
		if err := local.DeleteTree(a.b.Store.RealPath(path)); err != nil {
			return false, err
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
			if d.Output(name) == nil {
				return fmt.Errorf("derivation '%s' requires non-existent output '%s' from input derivation '%s'", a.drvPath, name, in.Drv)
			}
			path, _, err := a.b.known(ctx, d, name)
			if err == nil && path == "" {
				err = &store.UnknownOutputError{Drv: in.Drv, Output: name}
			}
			if err == nil {
				err = a.b.addClosure(ctx, a.inputs, path)
			}
			if err != nil {
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
	if err := a.chooseScratch(); err != nil {
		return err
	}
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
	if full || a.networked() {
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
		boxed = !a.networked() && !a.opts.noChroot
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
func (a *attempt) chooseScratch() (err error) {
	a.scratch = map[string]string{}
	for i := range a.d.Outputs {
		name := a.d.Outputs[i].Name
		path := a.known[name]
		switch {
		case path == "":
			path, err = a.b.bogusPath(a.drvPath+":name:"+name, storepath.OutputName(a.d.Name, name))
		case a.chroot == "" && (a.old[name] || a.damaged[name]):
			base := strings.TrimPrefix(path, string(a.b.dir)+"/")
			path, err = a.b.bogusPath(a.drvPath+":"+base, base[hashLen+1:])
		}
		if err != nil {
			return err
		}
		a.scratch[name] = path
	}
	return nil
}

// bogusPath returns a path that is no other object's, for an output that is built while its
// own path is not known, or is valid. purpose
// begins with a store path.
func (b *Builder) bogusPath(purpose, name string) (string, error) {
	const zeros = "sha256:0000000000000000000000000000000000000000000000000000000000000000"
	p, err := b.dir.Make("rewrite:"+strings.TrimPrefix(purpose, string(b.dir)+"/"), zeros, name)
	return b.dir.Text(p), err
}

// randomPath returns a path with a name that no object has.
func (b *Builder) randomPath(name string) (string, error) {
	var hash [20]byte
	_, _ = rand.Read(hash[:]) // which never fails
	p, err := storepath.FromHash(hash, name)
	return b.dir.Text(p), err
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
	switch a.mode {
	case Check:
		verb = "checking outputs of"
	case Repair:
		verb = "repairing outputs of"
	}
	a.b.tell(Event{Kind: Started, Drv: a.drvPath, Text: fmt.Sprintf("%s '%s'", verb, a.drvPath)})
}

// execute runs the builder.
func (a *attempt) execute(ctx context.Context) (err error) {
	for name, scratch := range a.scratch {
		if a.known[name] != scratch {
			if err := local.DeleteTree(a.b.Store.RealPath(scratch)); err != nil {
				return err
			}
		}
	}
	defer func() {
		a.stop = time.Now()
		a.b.tell(Event{Kind: Ended, Drv: a.drvPath, Interrupted: errors.Is(err, context.Canceled)})
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
		if final := a.known[name]; final != "" && final != scratch {
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
		switch {
		case scratch != a.known[name], a.kind == drv.Impure:
			errs = append(errs, local.DeleteTree(a.b.Store.RealPath(scratch)))
		case failed != nil && a.chroot != "" && a.mode == Normal && !a.old[name]:
			// What was made is not valid, but can be looked at.
			if err := local.Move(a.real(name), a.b.Store.RealPath(scratch)); err != nil && !errors.Is(err, fs.ErrNotExist) {
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
