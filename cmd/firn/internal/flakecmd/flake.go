package flakecmd

// This file defines the commands below flake, but for show.

import (
	"context"
	"strings"
	"time"

	"github.com/firn-lang/firn/builtins/flake/flakeref"
	"github.com/firn-lang/firn/builtins/flake/lock"
	"github.com/firn-lang/firn/cmd/firn/internal/storecmd"
	"github.com/firn-lang/firn/eval"
	"github.com/firn-lang/firn/eval/ansi"
	"github.com/firn-lang/firn/eval/datatext"
)

// Flake has the commands about flakes.
type Flake struct {
	Metadata       Metadata       `cmd:"" aliases:"info" help:"Print where a flake comes from, and its inputs."`
	Lock           Lock           `cmd:"" help:"Write what the lock file of a flake lacks."`
	WhyInput       WhyInput       `cmd:"" help:"Print which flakes ask for an input, by all paths that lead to it."`
	Update         Update         `cmd:"" help:"Look inputs of a flake up again, and write its lock file."`
	Show           Show           `cmd:"" help:"Print the outputs of a flake."`
	Check          Check          `cmd:"" help:"Evaluate the outputs of a flake, and build its checks."`
	Init           Init           `cmd:"" help:"Copy a template into the current folder."`
	New            New            `cmd:"" help:"Copy a template into a new folder."`
	Clone          Clone          `cmd:"" help:"Clone the repository of a flake."`
	Archive        Archive        `cmd:"" help:"Copy a flake and its inputs to a store."`
	Prefetch       Prefetch       `cmd:"" help:"Fetch the tree of a flake into the store."`
	PrefetchInputs PrefetchInputs `cmd:"" help:"Fetch the inputs of a flake into the store."`
}

// one is the operand of commands about one flake.
type one struct {
	Ref string `arg:"" optional:"" name:"flake" help:"The flake. Default: the one here."`
}

// open opens the flake of the operand, and prints nothing.
func (o *one) open(ctx context.Context, e *storecmd.Env, ef *evalFlags, f *lockFlags) (*session, *eval.Flake, error) {
	s, err := newSession(ctx, e, ef, f)
	if err != nil {
		return nil, nil, err
	}
	flake, err := s.openText(ctx, o.Ref, f)
	return s, flake, err
}

// openText opens the flake that a text without a fragment means; "" is the one here.
func (s *session) openText(ctx context.Context, text string, f *lockFlags) (*eval.Flake, error) {
	if text == "" {
		text = "."
	}
	ref, fragment, err := parseRef(ctx, s.Env, text)
	if err != nil {
		return nil, err
	}
	if fragment != "" {
		return nil, failf("flake-reference", "unexpected fragment '%s' in flake reference '%s'", fragment, text)
	}
	return s.open(ctx, ref, f)
}

// Lock is flake lock.
type Lock struct {
	one
	Dedupe bool `help:"Lock inputs that flakes write alike to one tree: that of the input with the shortest path."`
	evalFlags
	lockFlags
}

// Run writes the lock file.
func (c *Lock) Run(ctx context.Context, e *storecmd.Env) error {
	c.always, c.strict, c.config, c.dedupe = true, true, true, c.Dedupe
	if err := e.Set.Set("tarball-ttl", "0"); err != nil {
		return err
	}
	_, _, err := c.open(ctx, e, &c.evalFlags, &c.lockFlags)
	return err
}

// Update is flake update.
type Update struct {
	Inputs []string `arg:"" optional:"" name:"input" help:"Inputs, as in nixpkgs or home-manager/nixpkgs. Default: all."`
	Flake  string   `placeholder:"FLAKE" help:"The flake. Default: the one here."`
	evalFlags
	lockFlags
}

// Run looks inputs up again.
func (c *Update) Run(ctx context.Context, e *storecmd.Env) error {
	c.always, c.update, c.config, c.updates = true, true, true, c.Inputs
	c.RecreateLockFile = len(c.updates)+len(c.UpdateInput) == 0
	given := map[string]bool{}
	for _, name := range c.Inputs {
		if given[name] {
			e.Log.Warn("Input '" + name + "' was specified multiple times. You may have done this by accident.")
		}
		given[name] = true
	}
	if err := e.Set.Set("tarball-ttl", "0"); err != nil {
		return err
	}
	s, err := newSession(ctx, e, &c.evalFlags, &c.lockFlags)
	if err != nil {
		return err
	}
	_, err = s.openText(ctx, c.Flake, &c.lockFlags)
	return err
}

// Metadata is flake metadata.
type Metadata struct {
	one
	JSON bool `name:"json" help:"Print JSON."`
	evalFlags
	lockFlags
}

// Run prints what is known of a flake.
func (c *Metadata) Run(ctx context.Context, e *storecmd.Env) error {
	s, flake, err := c.open(ctx, e, &c.evalFlags, &c.lockFlags)
	if err != nil {
		return err
	}
	p := parserOf(e)
	attrs := flake.Locked.Attrs
	if c.JSON {
		return s.metadataJSON(flake)
	}
	line := func(name, value string) {
		if value != "" {
			e.Lines(s.style(ansi.Bold, name+":") + strings.Repeat(" ", len("Last modified")-len(name)) + " " + value)
		}
	}
	line("Resolved URL", lock.URL(p, flake.Resolved))
	if flake.Locked.IsLocked() {
		line("Locked URL", lock.URL(p, flake.Locked))
	}
	line("Description", flake.Description)
	line("Path", flake.StorePath)
	line("Revision", text(attrs["rev"]))
	line("Revision", text(attrs["dirtyRev"]))
	line("Revisions", text(attrs["revCount"]))
	if n, ok := attrs["lastModified"].(uint64); ok {
		line("Last modified", time.Unix(int64(n), 0).Format(time.DateTime))
	}
	line("Fingerprint", flake.Fingerprint())
	if len(flake.Lock.Root.Inputs) > 0 {
		e.Lines(s.style(ansi.Bold, "Inputs:"))
		s.printInputs(flake.Lock.Root, "", map[*lock.Node]bool{})
	}
	return nil
}

// text returns an attribute as text; "" for one that is not there.
func text(v any) string {
	if v == nil {
		return ""
	}
	b, err := datatext.AppendJSONValue(nil, v, false)
	if err != nil {
		return ""
	}
	return strings.Trim(string(b), `"`)
}

// style returns text in a style, on a terminal.
func (s *session) style(style, text string) string {
	if !s.Log.Color() {
		return text
	}
	return ansi.Paint(style, text)
}

// metadataJSON prints what is known of a flake as JSON.
func (s *session) metadataJSON(flake *eval.Flake) error {
	p := parserOf(s.Env)
	locked := flake.Locked.All()
	locked["__final"] = true
	doc := map[string]any{
		"originalUrl": lock.URL(p, flake.Ref), "original": map[string]any(flake.Ref.All()),
		"resolvedUrl": lock.URL(p, flake.Resolved), "resolved": map[string]any(flake.Resolved.All()),
		"url": lock.URL(p, flake.Locked), "locked": map[string]any(locked),
		"path": flake.StorePath, "locks": flake.Lock.Value(),
	}
	set := func(name string, v any) {
		if v != nil && v != "" {
			doc[name] = v
		}
	}
	set("description", flake.Description)
	set("revision", locked["rev"])
	set("dirtyRevision", locked["dirtyRev"])
	set("revCount", locked["revCount"])
	set("lastModified", locked["lastModified"])
	set("fingerprint", flake.Fingerprint())
	out, err := datatext.AppendJSONValue(nil, doc, false)
	s.Lines(string(out))
	return err
}

// Parts of a tree on the terminal.
const (
	treeConn = "├───"
	treeLast = "└───"
	treeLine = "│   "
	treeNull = "    "
)

// branch returns what stands before an element of a tree, and before what is in it.
func branch(prefix string, isLast bool) (head, next string) {
	if isLast {
		return prefix + treeLast, prefix + treeNull
	}
	return prefix + treeConn, prefix + treeLine
}

// printInputs prints the inputs of a node, and theirs.
func (s *session) printInputs(n *lock.Node, prefix string, done map[*lock.Node]bool) {
	done[n] = true
	left := len(n.Inputs)
	for name, e := range n.Sorted() {
		left--
		head, next := branch(prefix, left == 0)
		if e.Node == nil {
			s.Lines(head + s.style(ansi.Bold, name) + " follows input '" + e.Follows.String() + "'")
			continue
		}
		s.Lines(head + s.style(ansi.Bold, name) + ": " + lock.URL(parserOf(s.Env), e.Node.Locked) + s.when(e.Node.Locked))
		if !done[e.Node] {
			s.printInputs(e.Node, next, done)
		}
	}
}

// when returns the time of the last change of a tree, in UTC; "" if it is not known.
func (s *session) when(r *flakeref.Ref) string {
	n, ok := r.Attrs["lastModified"].(uint64)
	if !ok {
		return ""
	}
	return " (" + time.Unix(int64(n), 0).UTC().Format(time.DateTime) + ")"
}
