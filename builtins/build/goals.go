package build

// This file defines goals: what is to be made valid, and what that has to wait for. One
// goroutine owns all goals of a call; work that takes time is done by others, which send
// it what came out.

import (
	"cmp"
	"container/heap"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/drv"
	"github.com/firn-lang/firn/builtins/store/storepath"
)

// A goal is an output of a derivation, the building of a derivation, or a store path.
type goal struct {
	name    string // for order: of equal work, the lesser name is done first
	waiters []*goal
	left    map[*goal]bool // what it waits for
	failed  int            // of those that it has waited for
	missing int            // of these, paths that no store has
	then    func()         // called when nothing is left
	done    bool
	err     *Error            // nil: success
	absent  bool              // it failed since no store has the path
	quiet   bool              // its error is told by what waits for it
	outputs map[string]string // of a build: paths by names
	status  Status
	start   time.Time
	stop    time.Time
}

// A graph is the goals of one call of Realise.
type graph struct {
	b    *Builder
	ctx  context.Context
	mode Mode

	asked   map[string]bool // derivations that are targets, to which mode applies
	goals   map[string]*goal
	top     map[*goal]bool // not done yet
	awake   []*goal        // whose then is to be called
	builds  waiting        // goals that wait for a job
	fetches []*goal        // goals that wait for a job of another kind
	free    int            // jobs that could run
	fetch   int            // fetches that could run
	running int            // goroutines that have not sent what came out
	results chan func()
	flags   exitFlags
	ended   bool  // a target failed, and nothing new begins
	fatal   error // ends the call
}

// maxFetches is how many paths are fetched at once.
const maxFetches = 16

// Realise makes targets valid. The error is that of ctx, or of the store; what could not
// be built is in the report.
func (b *Builder) Realise(ctx context.Context, targets []Target, mode Mode) (*Report, error) {
	if b.Begin != nil {
		defer b.Begin()()
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	g := &graph{
		b: b, ctx: ctx, mode: mode, goals: map[string]*goal{}, top: map[*goal]bool{}, asked: map[string]bool{},
		free: max(b.Jobs, 1), fetch: maxFetches, results: make(chan func()),
	}
	top := make([]*goal, len(targets))
	for _, t := range targets {
		g.asked[t.Path] = t.Built
	}
	for i, t := range targets {
		top[i] = g.target(t)
		if !top[i].done {
			g.top[top[i]] = true
		}
	}
	g.run(cancel)
	if g.fatal != nil {
		return nil, g.fatal
	}
	report := &Report{Results: make([]Result, len(targets)), flags: g.flags, tell: b.tell}
	for i, t := range targets {
		report.Results[i] = Result{
			Target: t, Outputs: top[i].outputs, Err: top[i].err, Busy: !top[i].done, Status: top[i].status, Start: top[i].start, Stop: top[i].stop,
		}
	}
	return report, nil
}

// run works until all targets are done, or one has failed.
func (g *graph) run(cancel func()) {
	for len(g.top) > 0 && !g.ended && g.fatal == nil {
		if len(g.awake) > 0 {
			list := g.awake
			g.awake = nil
			slices.SortStableFunc(list, func(a, b *goal) int { return cmp.Compare(a.name, b.name) })
			for _, next := range list {
				if !next.done && g.fatal == nil && !g.ended {
					next.then()
				}
			}
			continue
		}
		g.dispatch()
		if g.running == 0 {
			break
		}
		select {
		case result := <-g.results:
			g.running--
			result()
		case <-g.ctx.Done():
			g.ended, g.fatal = true, context.Cause(g.ctx)
		}
	}
	cancel()
	for ; g.running > 0; g.running-- {
		<-g.results // what is interrupted cleans up
	}
}

// work has fn called by another goroutine, and end with what came out by that of the graph.
func (g *graph) work(fn func(ctx context.Context) error, end func(err error)) {
	g.running++
	go func() {
		err := fn(g.ctx)
		g.results <- func() { end(err) }
	}()
}

// dispatch starts work for which there are jobs.
func (g *graph) dispatch() {
	for len(g.builds) > 0 && g.free > 0 {
		next := heap.Pop(&g.builds).(*goal)
		g.free--
		next.then()
	}
	for len(g.fetches) > 0 && g.fetch > 0 {
		next := g.fetches[0]
		g.fetches = g.fetches[1:]
		g.fetch--
		next.then()
	}
}

// get returns the goal of a key, which is made by begin if it is new.
func (g *graph) get(key, name string, begin func(*goal)) *goal {
	if old := g.goals[key]; old != nil {
		return old
	}
	n := &goal{name: name}
	g.goals[key] = n
	n.then = func() { begin(n) }
	g.awake = append(g.awake, n)
	return n
}

// wait makes a goal wait for others, and then calls fn.
func (g *graph) wait(n *goal, others []*goal, fn func()) {
	n.then, n.left, n.failed, n.missing = fn, map[*goal]bool{}, 0, 0
	for _, o := range others {
		if o.done {
			n.count(o)
		} else if !n.left[o] {
			n.left[o] = true
			o.waiters = append(o.waiters, n)
		}
	}
	if len(n.left) == 0 || n.failed > 0 && !g.b.KeepGoing {
		n.left = nil
		g.awake = append(g.awake, n)
	}
}

// count notes the end of something that n waited for.
func (n *goal) count(o *goal) {
	if o.err != nil {
		n.failed++
		if o.absent {
			n.missing++
		}
	}
}

// finish ends a goal.
func (g *graph) finish(n *goal, err *Error) {
	n.done, n.err = true, err
	if err != nil && !n.absent {
		g.flags.add(err.Status)
		if !n.quiet && slices.ContainsFunc(n.waiters, func(w *goal) bool { return w.left[n] }) {
			g.b.tell(Event{Kind: Failed, Drv: err.Drv, Err: err})
		}
	}
	for _, w := range n.waiters {
		if !w.left[n] {
			continue // it has stopped waiting
		}
		delete(w.left, n)
		w.count(n)
		if len(w.left) == 0 || err != nil && !n.absent && !g.b.KeepGoing {
			w.left = nil
			g.awake = append(g.awake, w)
		}
	}
	n.waiters = nil
	if g.top[n] {
		delete(g.top, n)
		if err != nil && !g.b.KeepGoing {
			g.ended = true
		}
	}
}

// fail ends a goal with an error that is no reason to stop others, or stops the call if
// it is one.
func (g *graph) fail(n *goal, drvPath string, err error) {
	if g.ctx.Err() != nil {
		g.fatal = context.Cause(g.ctx)
		return
	}
	g.finish(n, asError(err, drvPath))
}

// target returns the goal of a target.
func (g *graph) target(t Target) *goal {
	if !t.Built {
		return g.path(t.Path)
	}
	return g.get("target "+TargetName(t), t.Path, func(n *goal) { g.beginTarget(n, t) })
}

// beginTarget makes sure that the derivation is there, and then waits for its outputs.
func (g *graph) beginTarget(n *goal, t Target) {
	g.wait(n, []*goal{g.path(t.Path)}, func() {
		if n.failed > 0 {
			g.finish(n, &Error{Status: MiscFailure, Msg: fmt.Sprintf("failed to obtain derivation of '%s'", t.Path)})
			return
		}
		d, err := g.b.derivation(g.ctx, t.Path)
		if err != nil {
			g.fail(n, t.Path, err)
			return
		}
		names := t.Outputs
		if names == nil {
			for i := range d.Outputs {
				names = append(names, d.Outputs[i].Name)
			}
		}
		outputs := make([]*goal, len(names))
		for i, name := range names {
			if d.Output(name) == nil {
				g.finish(n, &Error{Status: MiscFailure, Drv: t.Path, Msg: fmt.Sprintf("derivation '%s' does not have output '%s'", t.Path, name)})
				return
			}
			outputs[i] = g.output(t.Path, name)
			if outputs[i].waiters == nil && !outputs[i].done {
				outputs[i].quiet = true
			}
		}
		g.wait(n, outputs, func() { g.endTarget(n, names, outputs) })
	})
}

// endTarget ends a target with what became of its outputs.
func (g *graph) endTarget(n *goal, names []string, outputs []*goal) {
	n.outputs = map[string]string{}
	for i, o := range outputs {
		if o.err != nil {
			g.finish(n, o.err)
			return
		}
		n.outputs[names[i]] = o.outputs[names[i]]
		n.status, n.start, n.stop = o.status, o.start, o.stop
	}
	g.finish(n, nil)
}

// output returns the goal of an output of a derivation that is valid itself.
func (g *graph) output(drvPath, name string) *goal {
	return g.get("output "+drvPath+"!"+name, drvPath, func(n *goal) { g.beginOutput(n, drvPath, name) })
}

// beginOutput looks for an output here, and in other stores.
func (g *graph) beginOutput(n *goal, drvPath, name string) {
	d, err := g.b.derivation(g.ctx, drvPath)
	if err == nil {
		err = g.b.checkKind(d, drvPath)
	}
	if err != nil {
		g.fail(n, drvPath, err)
		return
	}
	o := d.Output(name)
	if o == nil {
		g.finish(n, &Error{Status: MiscFailure, Drv: drvPath, Msg: fmt.Sprintf("derivation '%s' does not have output '%s'", drvPath, name)})
		return
	}
	if err := g.b.Store.AddTempRoot(g.ctx, o.Path); err != nil {
		g.fail(n, drvPath, err)
		return
	}
	valid, err := g.b.Store.IsValid(g.ctx, o.Path)
	if err != nil {
		g.fail(n, drvPath, err)
		return
	}
	if valid && g.modeOf(drvPath) == Normal {
		g.succeed(n, name, o.Path, AlreadyValid)
		return
	}
	opts, err := g.b.optionsOf(d)
	if err != nil {
		g.finish(n, &Error{Status: MiscFailure, Drv: drvPath, Msg: err.Error(), Frame: fmt.Sprintf("while parsing derivation '%s'", drvPath), cause: err})
		return
	}
	if valid || g.b.Substitutes == nil || !opts.allowSubstitutes && !g.b.AlwaysFetch {
		g.build(n, d, drvPath, name, valid)
		return
	}
	fetched := g.path(o.Path)
	g.wait(n, []*goal{fetched}, func() {
		switch {
		case n.failed > n.missing && !g.b.Fallback:
			g.finish(n, &Error{Status: TransientFailure, Drv: drvPath, Msg: fmt.Sprintf(
				"some substitutes for the outputs of derivation '%s' failed (usually happens due to networking issues); try '--fallback' to build derivation from source ", drvPath)})
		case n.failed > 0:
			g.build(n, d, drvPath, name, false)
		case g.modeOf(drvPath) != Normal:
			g.build(n, d, drvPath, name, true)
		default:
			g.succeed(n, name, o.Path, Substituted)
		}
	})
}

// modeOf returns what is done with valid outputs of a derivation. Those that are not asked for,
// but needed, are left alone.
func (g *graph) modeOf(drvPath string) Mode {
	if g.asked[drvPath] {
		return g.mode
	}
	return Normal
}

// succeed ends the goal of an output.
func (g *graph) succeed(n *goal, name, path string, status Status) {
	n.outputs, n.status = map[string]string{name: path}, status
	g.finish(n, nil)
}

// build makes an output wait for the building of its derivation.
func (g *graph) build(n *goal, d *drv.Derivation, drvPath, name string, valid bool) {
	if g.modeOf(drvPath) == Check && !valid {
		g.finish(n, &Error{Status: MiscFailure, Drv: drvPath, Msg: fmt.Sprintf("some outputs of '%s' are not valid, so checking is not possible\n"+
			"Hint: --rebuild and --check error if the derivation was not previously built and cannot be substituted.\n"+
			"      Remove it to perform a fresh build, or use --repair to rewrite missing or corrupted builds in the store.", drvPath)})
		return
	}
	built := g.get("build "+drvPath, orderOf(drvPath), func(n *goal) { g.beginBuild(n, d, drvPath) })
	built.quiet = true
	g.wait(n, []*goal{built}, func() {
		n.status, n.start, n.stop = built.status, built.start, built.stop
		if built.err != nil {
			g.finish(n, built.err)
			return
		}
		g.succeed(n, name, built.outputs[name], built.status)
	})
}

// orderOf returns what derivations are built in the order of: their names, and then their
// paths.
func orderOf(drvPath string) string {
	base := drvPath[strings.LastIndexByte(drvPath, '/')+1:]
	_, name, _ := strings.Cut(base, "-")
	return name + "$" + drvPath
}

// beginBuild waits for what a derivation needs, and then for a job.
func (g *graph) beginBuild(n *goal, d *drv.Derivation, drvPath string) {
	var inputs []*goal
	for i := range d.InputDrvs {
		in := &d.InputDrvs[i]
		if len(in.Dynamic) > 0 {
			g.finish(n, &Error{Status: InputRejected, Drv: drvPath, Msg: fmt.Sprintf("derivation '%s' needs outputs of derivations that are outputs themselves, which is not supported", drvPath)})
			return
		}
		for _, name := range in.Outputs {
			inputs = append(inputs, g.input(in.Drv, name))
		}
	}
	for _, src := range d.InputSrcs {
		inputs = append(inputs, g.path(src))
	}
	g.wait(n, inputs, func() {
		if n.failed > 0 {
			noun := "dependencies"
			if n.failed == 1 {
				noun = "dependency"
			}
			g.finish(n, &Error{Status: DependencyFailed, Drv: drvPath, Msg: fmt.Sprintf("Cannot build '%s'.\nReason: %d %s failed.%s", drvPath, n.failed, noun, knownOutputs(d))})
			return
		}
		if err := g.b.rejected(d, drvPath); err != nil {
			g.fail(n, drvPath, err)
			return
		}
		n.then = func() { g.startBuild(n, d, drvPath) }
		heap.Push(&g.builds, n)
	})
}

// input returns the goal of an output that a derivation needs, whose own derivation need
// not be valid yet.
func (g *graph) input(drvPath, name string) *goal {
	if valid, err := g.b.Store.IsValid(g.ctx, drvPath); err == nil && valid {
		return g.output(drvPath, name)
	}
	return g.target(Target{Path: drvPath, Built: true, Outputs: []string{name}})
}

// startBuild builds a derivation, for which there is a job.
func (g *graph) startBuild(n *goal, d *drv.Derivation, drvPath string) {
	a := &attempt{b: g.b, d: d, drvPath: drvPath, mode: g.modeOf(drvPath)}
	g.work(a.run, func(err error) {
		g.free++
		n.outputs, n.status, n.start, n.stop = a.final, a.status, a.start, a.stop
		if err != nil {
			g.fail(n, drvPath, err)
			return
		}
		g.finish(n, nil)
	})
}

// path returns the goal of a store path.
func (g *graph) path(path string) *goal {
	return g.get("path "+path, path, func(n *goal) { g.beginPath(n, path) })
}

// beginPath looks for a path here, and in other stores.
func (g *graph) beginPath(n *goal, path string) {
	n.outputs, n.status = map[string]string{"": path}, AlreadyValid
	err := g.b.Store.AddTempRoot(g.ctx, path)
	valid := false
	if err == nil {
		valid, err = g.b.Store.IsValid(g.ctx, path)
	}
	switch {
	case err != nil:
		g.fail(n, "", err)
	case valid:
		g.finish(n, nil)
	case g.b.Substitutes == nil:
		n.absent = true
		g.finish(n, noSubstituter(path))
	default:
		n.then = func() { g.fetchPath(n, path) }
		g.fetches = append(g.fetches, n)
	}
}

// noSubstituter returns the error that no store has a path.
func noSubstituter(path string) *Error {
	return &Error{Status: NoSubstituters, Msg: fmt.Sprintf("path '%s' is required, but there is no substituter that can build it", path)}
}

// fetchPath fetches a path, for which there is a job.
func (g *graph) fetchPath(n *goal, path string) {
	g.work(func(ctx context.Context) error { return g.b.fetch(ctx, path) }, func(err error) {
		g.fetch++
		n.absent = errors.Is(err, store.ErrInvalid)
		n.status = Substituted
		switch {
		case n.absent:
			g.finish(n, noSubstituter(path))
		case err != nil:
			g.fail(n, "", err)
		default:
			g.finish(n, nil)
		}
	})
}

// fetch takes a path, and what it refers to, from other stores. That none has it is a
// store.ErrInvalid.
func (b *Builder) fetch(ctx context.Context, path string) error {
	_, err := b.Substitutes.Fetch(ctx, b.Store, []string{path}, store.Copying{Path: func(path, from string) {
		b.tell(Event{Kind: Copying, Text: fmt.Sprintf("copying path '%s' from '%s'", path, from)})
	}})
	return err
}

// checkKind returns an error for a derivation of a kind that is not built.
func (b *Builder) checkKind(d *drv.Derivation, drvPath string) error {
	kind, err := d.Kind()
	if err != nil {
		return err
	}
	if kind != drv.InputAddressed && kind != drv.Fixed {
		return &Error{Status: InputRejected, Drv: drvPath, Msg: fmt.Sprintf("derivation '%s' has outputs whose paths follow from their contents, and those are not built yet", drvPath)}
	}
	return nil
}

// rejected returns why a derivation cannot be built on this machine; nil if it can.
func (b *Builder) rejected(d *drv.Derivation, drvPath string) error {
	opts, err := b.optionsOf(d)
	if err != nil {
		return err
	}
	msg := ""
	if b.Jobs == 0 {
		msg += "\nReason: local builds are disabled (max-jobs = 0)\nHint: set 'max-jobs' to a non-zero value to enable local builds, or configure remote builders via 'builders'"
	}
	if d.System != b.System && !slices.Contains(b.OtherSystems, d.System) && !isBuiltin(d) {
		msg += fmt.Sprintf("\nReason: platform mismatch\nRequired system: '%s'\nCurrent system: '%s'", d.System, b.System)
	}
	has := map[string]bool{}
	for _, f := range b.Features {
		has[f] = true
	}
	for f := range opts.features {
		if !has[f] {
			msg += fmt.Sprintf("\nReason: missing system features\nRequired features: {%s}\nAvailable features: {%s}",
				strings.Join(sorted(opts.features), ", "), strings.Join(sorted(has), ", "))
			break
		}
	}
	if msg == "" {
		return nil
	}
	return &Error{Status: InputRejected, Drv: drvPath, Msg: fmt.Sprintf("Cannot build '%s'.%s", drvPath, msg)}
}

// isBuiltin reports whether no program builds a derivation, but this one.
func isBuiltin(d *drv.Derivation) bool { return strings.HasPrefix(d.Builder, "builtin:") }

// knownOutputs returns the part of an error that says which outputs there are not.
func knownOutputs(d *drv.Derivation) string {
	paths := map[string]bool{}
	for i := range d.Outputs {
		if p := d.Outputs[i].Path; p != "" {
			paths[p] = true
		}
	}
	if len(paths) == 0 {
		return ""
	}
	return "\nOutput paths:\n  " + strings.Join(slices.Sorted(maps.Keys(paths)), "\n  ")
}

// waiting are builds that wait for a job, as a heap.
type waiting []*goal

func (w waiting) Len() int           { return len(w) }
func (w waiting) Less(i, j int) bool { return w[i].name < w[j].name }
func (w waiting) Swap(i, j int)      { w[i], w[j] = w[j], w[i] }
func (w *waiting) Push(x any)        { *w = append(*w, x.(*goal)) }
func (w *waiting) Pop() any {
	last := (*w)[len(*w)-1]
	*w = (*w)[:len(*w)-1]
	return last
}

// isDerivation reports whether a path is that of a derivation.
func isDerivation(path string) bool { return strings.HasSuffix(path, storepath.DrvExtension) }
