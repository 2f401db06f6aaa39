package build

// This file defines the goals of derivations: targets, their outputs, resolving and
// building. A target waits for its derivation and then for outputs of it. An output is there
// already, or is had from elsewhere; otherwise its derivation is resolved, which builds what
// it needs. If that makes another derivation of it, the output is the one of that;
// otherwise it is built.

import (
	"container/heap"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/drv"
	"github.com/firn-lang/firn/builtins/store/storepath"
)

// A recipe is a derivation and its path.
type recipe struct {
	path     string
	d        *drv.Derivation
	resolved bool // it need not be in the store
}

// key returns the name of a goal about a derivation. It begins with a word for the kind of the
// goal; then come the name and the path of the derivation.
func key(kind, drvPath string) string { return kind + "$" + orderOf(drvPath) }

// target returns the goal of a target.
func (g *graph) target(t Target, mode Mode) *goal {
	if !t.Built {
		if mode == Repair {
			return g.repairPath(t.Path)
		}
		return g.path(t.Path)
	}
	name := TargetName(t)
	return g.get(fmt.Sprintf("target %d %s", mode, name), key("da", t.Path)+name[len(t.Path):], func(n *goal) { g.beginTarget(n, t, mode) })
}

// beginTarget makes sure that the derivation is there, and then waits for its outputs.
func (g *graph) beginTarget(n *goal, t Target, mode Mode) {
	made, output := (*goal)(nil), ""
	above := Target{Path: t.Path}
	if i := len(t.Via) - 1; i >= 0 {
		output = t.Via[i]
		above = Target{Path: t.Path, Built: true, Via: t.Via[:i], Outputs: t.Via[i:]}
	}
	made = g.target(above, Normal)
	g.wait(n, []*goal{made}, func() {
		if n.failed > 0 {
			g.finish(n, &Error{Status: DependencyFailed, Msg: fmt.Sprintf("failed to obtain derivation of '%s'", TargetName(above))})
			return
		}
		r, err := g.b.recipe(g.ctx, made.outputs[output])
		if err != nil {
			g.fail(n, t.Path, err)
			return
		}
		names := slices.Sorted(slices.Values(t.Outputs))
		if t.Outputs == nil {
			for i := range r.d.Outputs {
				names = append(names, r.d.Outputs[i].Name)
			}
		}
		names = slices.Compact(names)
		outputs := make([]*goal, len(names))
		for i, name := range names {
			outputs[i] = g.output(r, name, mode)
			outputs[i].quiet = true
		}
		g.wait(n, outputs, func() { g.endTarget(n, names, outputs) })
	})
}

// endTarget ends a target with what became of its outputs.
func (g *graph) endTarget(n *goal, names []string, outputs []*goal) {
	for _, o := range outputs {
		if o.done && o.err != nil {
			n.start, n.stop = o.start, o.stop
			g.finish(n, o.err)
			return
		}
	}
	n.outputs = map[string]string{}
	for i, o := range outputs {
		n.outputs[names[i]] = o.outputs[names[i]]
		if i == 0 || o.status < n.status {
			n.status, n.start, n.stop = o.status, o.start, o.stop
		}
	}
	g.finish(n, nil)
}

// recipe returns the derivation at a valid path.
func (b *Builder) recipe(ctx context.Context, path string) (*recipe, error) {
	d, err := b.derivation(ctx, path)
	if err != nil {
		return nil, err
	}
	return &recipe{path: path, d: d}, nil
}

// A wanted is the goal of an output of a derivation.
type wanted struct {
	*goal
	g    *graph
	r    *recipe
	name string // of the output
	mode Mode
	opts *requests

	path  string // of the output; "" as long as that is not known
	valid bool
}

// output returns the goal of an output of a derivation.
func (g *graph) output(r *recipe, name string, mode Mode) *goal {
	return g.get(fmt.Sprintf("output %d %s!%s", mode, r.path, name), key("db", r.path)+"^"+name, func(n *goal) {
		(&wanted{goal: n, g: g, r: r, name: name, mode: mode}).begin()
	})
}

// begin looks for the output here.
func (w *wanted) begin() {
	g, d := w.g, w.r.d
	kind, err := d.Kind()
	if err != nil {
		g.fail(w.goal, w.r.path, err)
		return
	}
	o := d.Output(w.name)
	if o == nil {
		g.finish(w.goal, &Error{Status: MiscFailure, Drv: w.r.path, Msg: fmt.Sprintf("derivation '%s' does not have output '%s'", w.r.path, w.name)})
		return
	}
	if w.opts, err = g.b.optionsOf(d); err != nil {
		g.finish(w.goal, &Error{Status: MiscFailure, Drv: w.r.path, Msg: err.Error(), Frame: fmt.Sprintf("while parsing derivation '%s'", w.r.path), cause: err})
		return
	}
	if kind != drv.InputAddressed && kind != drv.Fixed {
		if err := g.b.require("ca-derivations"); err != nil {
			g.die(err)
			return
		}
	}
	if o.Path != "" {
		if err := g.b.Store.AddTempRoot(g.ctx, o.Path); err != nil {
			g.fail(w.goal, w.r.path, err)
			return
		}
	}
	if kind == drv.Impure {
		if err := g.b.require("impure-derivations"); err != nil {
			g.die(err)
			return
		}
		w.resolve()
		return
	}
	w.look(w.looked)
}

// look finds the path of the output, and whether it is valid, and then calls next. A mode that
// repairs has the contents compared, which takes time.
func (w *wanted) look(next func()) {
	path, valid, err := w.g.b.known(w.g.ctx, w.r.d, w.name)
	if err != nil {
		w.g.fail(w.goal, w.r.path, err)
		return
	}
	w.path, w.valid = path, valid
	if !valid || w.mode != Repair {
		next()
		return
	}
	w.g.work(func(ctx context.Context) error {
		var err error
		w.valid, err = w.g.sound.of(ctx, path)
		return err
	}, func(err error) {
		if err != nil {
			w.g.fail(w.goal, w.r.path, err)
			return
		}
		next()
	})
}

// looked looks for the output in other stores.
func (w *wanted) looked() {
	g := w.g
	if w.valid && w.mode == Normal {
		w.succeed(w.path, AlreadyValid)
		return
	}
	if g.b.Substitutes == nil || !w.opts.allowSubstitutes && !g.b.AlwaysFetch {
		w.fetched(0, 0)
		return
	}
	switch {
	case w.path == "":
		w.fetchUnknown()
	case w.mode == Repair && !w.valid:
		w.await(g.repairPath(w.path))
	case w.valid:
		w.fetched(0, 0)
	default:
		w.await(g.path(w.path))
	}
}

// await waits for the path of the output.
func (w *wanted) await(path *goal) {
	w.g.wait(w.goal, []*goal{path}, func() { w.fetched(w.failed, w.missing) })
}

// fetchUnknown asks other stores which path the output has, and fetches that.
func (w *wanted) fetchUnknown() {
	g := w.g
	var found *store.Realisation
	w.g.work(func(ctx context.Context) error {
		id, err := g.b.outputID(ctx, w.r.d, w.name)
		if err == nil {
			found, err = g.b.Substitutes.Realisation(ctx, id)
		}
		return err
	}, func(err error) {
		switch {
		case err != nil:
			g.fail(w.goal, w.r.path, err)
			return
		case found == nil:
			w.fetched(0, 0)
			return
		}
		g.wait(w.goal, []*goal{g.path(found.Path)}, func() {
			if w.failed == 0 {
				if err := g.b.Store.Realisations().AddRealisation(g.ctx, found); err != nil {
					g.fail(w.goal, w.r.path, err)
					return
				}
			}
			w.fetched(w.failed, w.missing)
		})
	})
}

// fetched goes on when other stores were asked: so many fetches have failed, and of these so
// many because no store has the path.
func (w *wanted) fetched(failed, missing int) {
	g := w.g
	if failed > missing && !g.b.Fallback {
		g.finish(w.goal, &Error{Status: TransientFailure, Drv: w.r.path, Msg: fmt.Sprintf(
			"some substitutes for the outputs of derivation '%s' failed (usually happens due to networking issues); try '--fallback' to build derivation from source ", w.r.path)})
		return
	}
	w.look(func() {
		switch {
		case w.valid && w.mode == Normal:
			w.succeed(w.path, Substituted)
		case w.valid && w.mode == Repair:
			w.repairClosure()
		case !w.valid && w.mode == Check:
			g.die(&Error{Status: MiscFailure, Drv: w.r.path, Msg: fmt.Sprintf("some outputs of '%s' are not valid, so checking is not possible\n"+
				"Hint: --rebuild and --check error if the derivation was not previously built and cannot be substituted.\n"+
				"      Remove it to perform a fresh build, or use --repair to rewrite missing or corrupted builds in the store.", w.r.path)})
		default:
			w.resolve()
		}
	})
}

// succeed ends the goal.
func (w *wanted) succeed(path string, status Status) {
	w.outputs, w.status = map[string]string{w.name: path}, status
	w.g.finish(w.goal, nil)
}

// resolve resolves the derivation, and then builds it or what it has become.
func (w *wanted) resolve() {
	g := w.g
	resolving := g.resolving(w.r, w.mode)
	resolving.quiet = true
	g.wait(w.goal, []*goal{resolving}, func() {
		switch {
		case resolving.err != nil:
			g.finish(w.goal, resolving.err)
		case resolving.becomes != nil:
			other := g.output(resolving.becomes, w.name, w.mode)
			g.wait(w.goal, []*goal{other}, func() { w.resolved(resolving.becomes, other) })
		default:
			w.build()
		}
	})
}

// resolved ends the goal with the output of another derivation. What that has come to is known
// of this derivation from now on.
func (w *wanted) resolved(r *recipe, other *goal) {
	g := w.g
	w.start, w.stop = other.start, other.stop
	if other.err != nil {
		g.finish(w.goal, &Error{Status: DependencyFailed, Drv: w.r.path, Msg: fmt.Sprintf("build of resolved derivation '%s' failed", r.path)})
		return
	}
	path, status := other.outputs[w.name], other.status
	if status == AlreadyValid {
		status = ResolvesToAlreadyValid
	}
	if err := g.b.realised(g.ctx, w.r.d, map[string]string{w.name: path}); err != nil {
		g.fail(w.goal, w.r.path, err)
		return
	}
	w.succeed(path, status)
}

// build waits for the building of the derivation.
func (w *wanted) build() {
	g := w.g
	built := g.get(fmt.Sprintf("build %d %s", w.mode, w.r.path), key("dd", w.r.path), func(n *goal) { g.beginBuild(n, w.r, w.mode) })
	built.quiet = true
	g.wait(w.goal, []*goal{built}, func() {
		w.status, w.start, w.stop = built.status, built.start, built.stop
		if built.err != nil {
			g.finish(w.goal, built.err)
			return
		}
		w.succeed(built.outputs[w.name], built.status)
	})
}

// resolving returns the goal of resolving a derivation.
func (g *graph) resolving(r *recipe, mode Mode) *goal {
	return g.get(fmt.Sprintf("resolving %d %s", mode, r.path), key("dc", r.path), func(n *goal) { g.beginResolving(n, r, mode) })
}

// beginResolving waits for what a derivation needs of others.
func (g *graph) beginResolving(n *goal, r *recipe, mode Mode) {
	if mode == Check {
		mode = Normal // of inputs
	}
	if err := g.checkPure(r); err != nil {
		g.die(err)
		return
	}
	var inputs []*goal
	byName := map[string]*goal{}
	var add func(t Target, in *drv.InputDrv)
	add = func(t Target, in *drv.InputDrv) {
		if t.Outputs = in.Outputs; len(in.Outputs) > 0 {
			input := g.target(t, mode)
			inputs, byName[strings.Join(append([]string{t.Path}, t.Via...), "^")] = append(inputs, input), input
		}
		for i := range in.Dynamic {
			next := t
			next.Via = append(slices.Clone(t.Via), in.Dynamic[i].Drv)
			add(next, &in.Dynamic[i])
		}
	}
	for i := range r.d.InputDrvs {
		add(Target{Path: r.d.InputDrvs[i].Drv, Built: true}, &r.d.InputDrvs[i])
	}
	g.wait(n, inputs, func() {
		if n.failed > 0 {
			g.finish(n, dependenciesFailed(n, r))
			return
		}
		if !r.d.NeedsResolving(g.b.has("ca-derivations")) {
			g.finish(n, nil)
			return
		}
		err := g.b.require("ca-derivations")
		if err == nil {
			n.becomes, err = g.b.resolve(r, byName)
		}
		if err != nil {
			g.die(err)
			return
		}
		g.b.tell(Event{Kind: Step, Drv: r.path, Text: fmt.Sprintf("resolved derivation: '%s' -> '%s'", r.path, n.becomes.path)})
		g.finish(n, nil)
	})
}

// checkPure returns an error if a derivation cannot be built since it needs one that gives
// another result each time.
func (g *graph) checkPure(r *recipe) error {
	if kind, err := r.d.Kind(); err != nil || kind == drv.Impure || kind == drv.Fixed || !g.b.has("impure-derivations") {
		return err
	}
	for i := range r.d.InputDrvs {
		in := r.d.InputDrvs[i].Drv
		d, err := g.b.derivation(g.ctx, in)
		if errors.Is(err, store.ErrInvalid) {
			continue // it is fetched, and looked at when it is built
		}
		if err != nil {
			return err
		}
		if kind, err := d.Kind(); err == nil && kind == drv.Impure {
			return &Error{Status: InputRejected, Drv: r.path, Msg: fmt.Sprintf("pure derivation '%s' depends on impure derivation '%s'", r.path, in)}
		}
	}
	return nil
}

// resolve returns what a derivation becomes, given the goals of its inputs.
func (b *Builder) resolve(r *recipe, inputs map[string]*goal) (*recipe, error) {
	d, err := r.d.Resolve(b.dir, func(c drv.Chain) (string, error) {
		last := len(c.Outputs) - 1
		of := strings.Join(append([]string{c.Drv}, c.Outputs[:last]...), "^")
		if in := inputs[of]; in != nil && in.outputs[c.Outputs[last]] != "" {
			return in.outputs[c.Outputs[last]], nil
		}
		return "", &store.UnknownOutputError{Drv: of, Output: c.Outputs[last]}
	})
	if err != nil {
		return nil, err
	}
	path, err := d.Path(b.dir)
	if err != nil {
		return nil, err
	}
	return &recipe{path: path, d: d, resolved: true}, nil
}

// resolveKnown returns what a derivation becomes whose inputs are valid.
func (b *Builder) resolveKnown(ctx context.Context, d *drv.Derivation) (*drv.Derivation, error) {
	return d.Resolve(b.dir, func(c drv.Chain) (path string, err error) {
		path = c.Drv
		for _, output := range c.Outputs {
			in, err := b.derivation(ctx, path)
			if err != nil {
				return "", err
			}
			if in.Output(output) == nil {
				return "", fmt.Errorf("derivation '%s' does not have an output named '%s'", path, output)
			}
			made, _, err := b.known(ctx, in, output)
			if err == nil && made == "" {
				err = &store.UnknownOutputError{Drv: path, Output: output}
			}
			if err != nil {
				return "", err
			}
			path = made
		}
		return path, nil
	})
}

// dependenciesFailed returns the error of a derivation that n waited for inputs of.
func dependenciesFailed(n *goal, r *recipe) *Error {
	noun := "dependencies"
	if n.failed == 1 {
		noun = "dependency"
	}
	return &Error{Status: DependencyFailed, Drv: r.path, Msg: fmt.Sprintf("Cannot build '%s'.\nReason: %d %s failed.%s", r.path, n.failed, noun, knownOutputs(r.d))}
}

// beginBuild waits for the sources of a derivation, and then for a job.
func (g *graph) beginBuild(n *goal, r *recipe, mode Mode) {
	var sources []*goal
	for _, src := range r.d.InputSrcs {
		sources = append(sources, g.path(src))
	}
	g.wait(n, sources, func() {
		if n.failed > 0 {
			g.finish(n, dependenciesFailed(n, r))
			return
		}
		if err := g.b.rejected(r.d, r.path); err != nil {
			g.fail(n, r.path, err)
			return
		}
		n.then = func() { g.startBuild(n, r, mode) }
		heap.Push(&g.builds, n)
	})
}

// startBuild builds a derivation, for which there is a job.
func (g *graph) startBuild(n *goal, r *recipe, mode Mode) {
	a := &attempt{b: g.b, d: r.d, drvPath: r.path, mode: mode, sound: g.sound}
	g.work(func(ctx context.Context) error {
		if r.resolved {
			if err := g.b.keep(ctx, r); err != nil {
				return err
			}
		}
		return a.run(ctx)
	}, func(err error) {
		g.free++
		n.outputs, n.status, n.start, n.stop = a.final, a.status, a.start, a.stop
		if err != nil {
			g.fail(n, r.path, err)
			return
		}
		g.finish(n, nil)
	})
}

// keep adds a derivation to the store, as the record of what is built.
func (b *Builder) keep(ctx context.Context, r *recipe) error {
	text, err := r.d.Text()
	if err != nil {
		return err
	}
	_, err = b.Store.AddText(ctx, store.Text{Name: r.d.Name + storepath.DrvExtension, Contents: text, References: r.d.References()})
	return err
}
