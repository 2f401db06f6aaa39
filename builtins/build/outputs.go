package build

// This file defines how what a builder has made becomes store objects.

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"syscall"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/drv"
	"github.com/firn-lang/firn/builtins/store/local"
	"github.com/firn-lang/firn/builtins/store/nar"
	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/builtins/store/rewrite"
	"github.com/firn-lang/firn/builtins/store/storepath"
)

// A made is an output that a builder has made.
type made struct {
	name    string
	real    string // where it is on the disk
	info    fs.FileInfo
	refs    map[string]bool // as they are in the files: of outputs, the scratch paths
	hash    nixhash.Hash    // of the archive, as it was scanned
	size    int64
	others  []string // names of outputs that it refers to
	expired bool     // the files were changed since they were scanned
}

// register makes outputs valid, or compares them with those that are.
func (a *attempt) register(ctx context.Context) error {
	outputs := map[string]*made{}
	for i := range a.d.Outputs {
		name := a.d.Outputs[i].Name
		if a.old[name] && a.mode != Check {
			continue
		}
		m, err := a.inspect(name)
		if err != nil {
			return err
		}
		outputs[name] = m
	}
	order, err := a.order(outputs)
	if err != nil {
		return err
	}
	r := &registering{a: a, ctx: ctx, hashes: map[string]string{}, infos: map[string]*store.PathInfo{}}
	defer r.close()
	for name, scratch := range a.scratch {
		if final := a.known[name]; outputs[name] == nil && scratch != final {
			r.hashes[a.hashOf(scratch)] = a.hashOf(final)
		}
	}
	for _, m := range order {
		if err := r.add(m); err != nil {
			return err
		}
	}
	if err := a.checkOutputs(ctx, r.infos); err != nil {
		return err
	}
	if a.mode == Check {
		return nil
	}
	infos := make([]*store.PathInfo, 0, len(order))
	made := make(map[string]string, len(order))
	for _, m := range order {
		info := r.infos[m.name]
		infos, made[m.name], a.final[m.name] = append(infos, info), info.Path, info.Path
	}
	if err := a.b.Store.RegisterOutputs(ctx, infos); err != nil {
		return err
	}
	return a.b.realised(ctx, a.d, made)
}

// groupWrite and otherWrite are the rights that others than the builder would have needed
// to meddle with an output.
const groupWrite, otherWrite = 0o020, 0o002

// inspect makes an output's metadata canonical, and looks for references.
func (a *attempt) inspect(name string) (*made, error) {
	m := &made{name: name, real: a.real(name)}
	var err error
	if m.info, err = os.Lstat(m.real); errors.Is(err, fs.ErrNotExist) {
		return nil, a.rejectf("builder for '%s' failed to produce output path for output '%s' at \"%s\"", a.drvPath, name, m.real)
	} else if err != nil {
		return nil, err
	}
	if m.info.Mode()&fs.ModeSymlink == 0 && m.info.Mode()&(groupWrite|otherWrite) != 0 {
		return nil, a.rejectf("suspicious ownership or permission on \"%s\" for output '%s'; rejecting this build output", m.real, name)
	}
	if err := local.Canonicalise(m.real); errors.Is(err, syscall.ENAMETOOLONG) {
		return nil, a.rejectf("output '%s' of '%s' is no store object: %v", name, a.drvPath, err)
	} else if err != nil {
		return nil, err
	}
	candidates := map[string]bool{}
	if !a.opts.discard[name] {
		for p := range a.inputs {
			candidates[p] = true
		}
		for _, p := range a.scratch {
			candidates[p] = true
		}
	}
	scan := newScanner(candidates, len(a.b.dir)+1)
	sum := nixhash.NewHasher(nixhash.SHA256)
	if err := nar.Write(io.MultiWriter(sum, scan), nar.OS{}, m.real, nil); err != nil {
		return nil, err
	}
	m.refs, m.hash, m.size = scan.found, sum.Result(), sum.Len()
	for other, scratch := range a.scratch {
		if m.refs[scratch] {
			m.others = append(m.others, other)
		}
	}
	slices.Sort(m.others)
	return m, nil
}

// rejectf returns the error about an output that is no store object.
func (a *attempt) rejectf(format string, args ...any) error {
	return &Error{Status: OutputRejected, Drv: a.drvPath, Msg: fmt.Sprintf(format, args...)}
}

// order returns the outputs, each behind those that it refers to.
func (a *attempt) order(outputs map[string]*made) ([]*made, error) {
	var out []*made
	const inProgress, finished = 1, 2
	state := map[string]int{}
	var visit func(m *made) error
	visit = func(m *made) error {
		state[m.name] = inProgress
		for _, other := range m.others {
			next := outputs[other]
			if next == nil || next == m || state[other] == finished {
				continue
			}
			if state[other] == inProgress {
				return a.rejectf("cycle detected in build of '%s' in the references of output '%s' from output '%s'", a.drvPath, other, m.name)
			}
			if err := visit(next); err != nil {
				return err
			}
		}
		state[m.name] = finished
		out = append(out, m)
		return nil
	}
	for i := range a.d.Outputs {
		if m := outputs[a.d.Outputs[i].Name]; m != nil && state[m.name] == 0 {
			if err := visit(m); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// A registering is what register does with outputs, one after the other.
type registering struct {
	a      *attempt
	ctx    context.Context
	hashes map[string]string // of scratch paths, the hash parts of the final ones
	infos  map[string]*store.PathInfo
	remove []func() // of work folders
}

func (r *registering) close() {
	for _, fn := range r.remove {
		fn()
	}
}

// add gives an output its final path, and moves it there.
func (r *registering) add(m *made) (err error) {
	a, o := r.a, r.a.d.Output(m.name)
	info := &store.PathInfo{Deriver: a.drvPath, Ultimate: true}
	if o.Kind == drv.InputAddressed {
		err = r.describe(m, o, info)
	} else {
		err = r.describeContents(m, o, info)
	}
	if err != nil {
		return err
	}
	if err := local.Canonicalise(m.real); err != nil {
		return err
	}
	if info.Signatures, err = a.b.sign(info.Fingerprint()); err != nil {
		return err
	}
	r.infos[m.name] = info
	if a.mode == Check {
		return r.compare(m, info)
	}
	if info.Path != o.Path {
		// The path follows from what the output is, or a fixed output has another hash, and
		// is kept where that says.
		if err := a.b.Store.AddTempRoot(r.ctx, info.Path); err != nil {
			return err
		}
		lock, err := a.b.Store.LockOutputs(r.ctx, []string{info.Path})
		if err != nil {
			return err
		}
		defer lock.Release()
	}
	if err := r.move(m, info); err != nil || info.CA.IsZero() {
		return err
	}
	return a.b.Store.RegisterOutputs(r.ctx, []*store.PathInfo{info})
}

// move moves an output to its final path, unless it is there.
func (r *registering) move(m *made, info *store.PathInfo) error {
	a := r.a
	real := a.b.Store.RealPath(info.Path)
	if m.real == real {
		return nil
	}
	if a.mode == Repair {
		if err := r.keepSignatures(info); err != nil {
			return err
		}
		if err := a.b.Store.Replace(info.Path, m.real); err != nil {
			return err
		}
		a.sound.made(info.Path)
		return nil
	}
	valid, err := a.b.Store.IsValid(r.ctx, info.Path)
	switch {
	case err != nil:
		return err
	case valid: // something else has made the same
		return local.DeleteTree(m.real)
	}
	if err := local.DeleteTree(real); err != nil {
		return err
	}
	return local.Move(m.real, real)
}

// keepSignatures adds the signatures of a damaged path to what is known of the one that takes its
// place, if that is the same.
func (r *registering) keepSignatures(info *store.PathInfo) error {
	old, err := r.a.b.Store.Info(r.ctx, info.Path)
	if errors.Is(err, store.ErrInvalid) {
		return nil
	}
	if err == nil && old.NARHash == info.NARHash {
		info.Signatures = slices.Compact(slices.Sorted(slices.Values(append(info.Signatures, old.Signatures...))))
	}
	return err
}

// describe completes what is known of an output whose path does not depend on what it is.
func (r *registering) describe(m *made, o *drv.Output, info *store.PathInfo) error {
	info.Path = o.Path
	scratch := r.a.scratch[m.name]
	if scratch != o.Path {
		r.hashes[r.a.hashOf(scratch)] = r.a.hashOf(o.Path)
	}
	if err := r.rewrite(m, r.hashes); err != nil {
		return err
	}
	if err := m.hashAgain(); err != nil {
		return err
	}
	info.NARHash, info.NARSize = m.hash, m.size
	refs := r.finalRefs(m, o.Path)
	if refs.Self {
		refs.Paths = append(refs.Paths, o.Path)
		slices.Sort(refs.Paths)
	}
	info.References = refs.Paths
	return nil
}

// describeContents completes what is known of an output whose path follows from what it is. If
// its builder may use the network it is copied first, because that may have handed a file that
// is open to a process that still runs.
func (r *registering) describeContents(m *made, o *drv.Output, info *store.PathInfo) error {
	a, algo := r.a, o.Algo
	if o.Kind == drv.Fixed {
		algo = o.Hash.Algo
	}
	if a.networked() {
		dir, remove, err := a.b.Store.WorkDir(r.ctx)
		if err != nil {
			return err
		}
		r.remove = append(r.remove, remove)
		copied := filepath.Join(dir, "x")
		if err := r.copy(m.real, copied, nil); err != nil {
			return err
		}
		m.real = copied
	}
	if (o.Method == storepath.Flat || o.Method == storepath.Text) && (!m.info.Mode().IsRegular() || m.info.Mode()&0o100 != 0) {
		return a.rejectf("output path \"%s\" should be a non-executable regular file since recursive hashing is not enabled (one of outputHashMode={flat,text} is true)", m.real)
	}
	if err := r.rewrite(m, r.hashes); err != nil {
		return err
	}
	scratch := a.scratch[m.name]
	own := a.hashOf(scratch)
	got, err := contentHash(o.Method, algo, m.real, own)
	if err != nil {
		return err
	}
	p, err := a.b.dir.MakeFixed(storepath.OutputName(a.d.Name, m.name), o.Method, got, r.finalRefs(m, scratch))
	if err != nil {
		return err
	}
	info.Path = a.b.dir.Text(p)
	info.CA = store.ContentAddress{Method: o.Method, Hash: got}
	if info.Path != scratch {
		if err := r.rewrite(m, map[string]string{own: a.hashOf(info.Path)}); err != nil {
			return err
		}
		r.hashes[own] = a.hashOf(info.Path)
	}
	if err := m.hashAgain(); err != nil {
		return err
	}
	info.NARHash, info.NARSize = m.hash, m.size
	refs := r.finalRefs(m, scratch)
	info.References = refs.Paths
	if refs.Self {
		info.References = append(info.References, info.Path)
		slices.Sort(info.References)
	}
	return nil
}

// contentHash returns the hash that a path follows from, in which the hash part of the
// object counts by its positions alone.
func contentHash(m storepath.Method, algo nixhash.Algo, real, own string) (nixhash.Hash, error) {
	if m == storepath.Git {
		return nar.HashGit(algo, nar.OS{}, real, nil)
	}
	sum := rewrite.NewModulo(algo, own)
	if m == storepath.NAR {
		if err := nar.Write(sum, nar.OS{}, real, nil); err != nil {
			return nixhash.Hash{}, err
		}
		return sum.Result()
	}
	f, err := os.Open(real)
	if err != nil {
		return nixhash.Hash{}, err
	}
	defer f.Close()
	if _, err := io.Copy(sum, f); err != nil {
		return nixhash.Hash{}, err
	}
	return sum.Result()
}

// finalRefs returns the references of an output, in which other outputs have their final
// paths. own is the path that is itself.
func (r *registering) finalRefs(m *made, own string) storepath.References {
	var refs storepath.References
	at := len(r.a.b.dir) + 1
	scratch := r.a.scratch[m.name]
	for p := range m.refs {
		if to := r.hashes[p[at:at+hashLen]]; to != "" && p != scratch {
			p = p[:at] + to + p[at+hashLen:]
		}
		if p == own || p == scratch {
			refs.Self = true
			continue
		}
		refs.Paths = append(refs.Paths, p)
	}
	slices.Sort(refs.Paths)
	return refs
}

// rewrite replaces hash parts in an output, if there are any to replace.
func (r *registering) rewrite(m *made, hashes map[string]string) error {
	if len(hashes) == 0 {
		return nil
	}
	temp := m.real + ".tmp"
	if err := r.copy(m.real, temp, hashes); err != nil {
		return err
	}
	m.expired = true
	return errors.Join(local.DeleteTree(m.real), local.Move(temp, m.real))
}

// copy copies an output, and replaces hash parts.
func (r *registering) copy(from, to string, hashes map[string]string) error {
	if err := local.DeleteTree(to); err != nil {
		return err
	}
	read, write := io.Pipe()
	defer read.Close()
	go func() {
		w := io.Writer(write)
		var all []*rewrite.Writer
		for old, new := range hashes {
			next := rewrite.NewHash(w, old, new)
			all, w = append(all, next), next
		}
		err := nar.Write(w, nar.OS{}, from, nil)
		for _, next := range slices.Backward(all) {
			if err == nil {
				err = next.Flush()
			}
		}
		write.CloseWithError(err)
	}()
	if err := nar.Restore(bufio.NewReader(read), to, false); err != nil {
		return err
	}
	return local.Canonicalise(to)
}

// hashAgain computes the hash of the archive, if files have changed.
func (m *made) hashAgain() (err error) {
	if !m.expired {
		return nil
	}
	m.expired = false
	m.hash, m.size, err = nar.Hash(nixhash.SHA256, nar.OS{}, m.real, nil)
	return err
}

// compare compares an output with the valid one.
func (r *registering) compare(m *made, info *store.PathInfo) error {
	a := r.a
	old, err := a.b.Store.Info(r.ctx, info.Path)
	if errors.Is(err, store.ErrInvalid) {
		return nil // another path: the check of its hash says so
	}
	if err != nil {
		return err
	}
	if old.NARHash == info.NARHash {
		if old.Ultimate {
			return nil
		}
		old.Ultimate = true // it was built here now
		old.Signatures = slices.Compact(slices.Sorted(slices.Values(append(old.Signatures, info.Signatures...))))
		return a.b.Store.RegisterOutputs(r.ctx, []*store.PathInfo{old})
	}
	real := a.b.Store.RealPath(info.Path)
	msg := fmt.Sprintf("derivation '%s' may not be deterministic: output \"%s\" differs", a.drvPath, real)
	if a.b.KeepFailed {
		kept := real + ".check"
		if err := errors.Join(local.DeleteTree(kept), local.Move(m.real, kept)); err != nil {
			return err
		}
		msg += fmt.Sprintf(" from \"%s\"", kept)
	}
	return &Error{Status: NotDeterministic, Drv: a.drvPath, Msg: msg}
}
