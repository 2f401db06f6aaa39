package flakecmd

// This file defines flake show.

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/firn-lang/firn/builtins/flake/lock"
	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
	"github.com/firn-lang/firn/cmd/firn/internal/storecmd"
	"github.com/firn-lang/firn/eval"
	"github.com/firn-lang/firn/eval/ansi"
	"github.com/firn-lang/firn/eval/datatext"
)

// Show is flake show.
type Show struct {
	one
	JSON       bool `name:"json" help:"Print JSON."`
	AllSystems bool `help:"Look at the outputs for other systems, too."`
	Legacy     bool `help:"Look into legacyPackages, too."`
	evalFlags
	lockFlags
}

// A shower is flake show under way.
type shower struct {
	*session
	*Show
	ctx    context.Context
	system string
	failed []error // in the tree; JSON ends at the first error
}

// Run prints the outputs.
func (c *Show) Run(ctx context.Context, e *storecmd.Env) error {
	c.store = true
	s, flake, err := c.open(ctx, e, &c.evalFlags, &c.lockFlags)
	if err != nil {
		return err
	}
	w := &shower{session: s, Show: c, system: e.Set.Text("system")}
	err = s.ev.Run(ctx, func(ctx context.Context) error {
		w.ctx = ctx
		root, err := outputsOf(ctx, flake)
		if err != nil {
			return err
		}
		doc, err := w.visit(root, nil, s.style(ansi.Bold, lock.URL(parserOf(e), flake.Locked)), "")
		if err != nil || !c.JSON {
			return err
		}
		out, err := datatext.AppendJSONValue(nil, doc, false)
		e.Lines(string(out))
		return err
	})
	if err != nil {
		return err
	}
	for _, err := range w.failed {
		e.Log.Error(err)
	}
	if len(w.failed) > 0 {
		return dropin.Exit(1)
	}
	return nil
}

// A kind says what an output is.
type kind int

const (
	other      kind = iota
	group           // a set of outputs
	derivation      // for a system, which is the second part of its path
	tree            // of derivations
	legacy          // the same, without a limit
	app
	template
)

// shapes are the outputs whose form is known, by their first part: what there is below, level
// by level.
var shapes = map[string][]kind{
	"packages": {group, group, derivation}, "devShells": {group, group, derivation}, "checks": {group, group, derivation},
	"apps": {group, group, app}, "defaultApp": {group, app}, "defaultTemplate": {template}, "templates": {group, template},
	"defaultPackage": {group, derivation}, "devShell": {group, derivation}, "formatter": {group, derivation},
	"nixosConfigurations": {group}, "nixosModules": {group}, "overlays": {group},
}

// kindOf returns what the output at a path is.
func kindOf(path []string) kind {
	if len(path) == 0 {
		return group
	}
	switch path[0] {
	case "hydraJobs":
		return tree
	case "legacyPackages":
		return legacy
	}
	if shape := shapes[path[0]]; len(path) <= len(shape) {
		return shape[len(path)-1]
	}
	return other
}

// plainNames are the outputs that are told by their place alone, with their types in JSON.
var plainNames = map[string][2]string{
	"overlay": {"Nixpkgs overlay", "nixpkgs-overlay"}, "overlays": {"Nixpkgs overlay", "nixpkgs-overlay"},
	"nixosConfigurations": {"NixOS configuration", "nixos-configuration"},
	"nixosModule":         {"NixOS module", "nixos-module"}, "nixosModules": {"NixOS module", "nixos-module"},
}

// visit prints the output at a path, and returns its JSON. head stands before it, and next
// before what is in it. In the tree, an error stands where it was met, and the rest goes on.
func (w *shower) visit(v eval.Value, path []string, head, next string) (map[string]any, error) {
	doc, err := w.output(v, path, head, next)
	var e *eval.Error
	switch {
	case err == nil, w.ctx.Err() != nil, !errors.As(err, &e):
		return doc, err
	case len(path) > 0 && path[0] == "legacyPackages":
		return map[string]any{}, nil
	case w.JSON || len(path) == 0:
		return nil, err
	}
	w.Lines(head + ": " + w.style(ansi.Red, "error"))
	w.failed = append(w.failed, err)
	return nil, nil
}

// output is visit, without what becomes of errors.
func (w *shower) output(v eval.Value, path []string, head, next string) (map[string]any, error) {
	switch k := kindOf(path); k {
	case group:
		return w.group(v, path, head, next)
	case derivation, legacy:
		switch {
		case k == legacy && len(path) == 1:
			return w.group(v, path, head, next)
		case k == legacy && !w.Legacy:
			return w.omit(path, head, "use '--legacy' to show")
		case !w.AllSystems && path[1] != w.system:
			return w.omit(path, head, "use '--all-systems' to show")
		}
		fallthrough
	case tree:
		v, err := v.Force(w.ctx)
		if err != nil {
			return nil, err
		}
		is, err := w.text(v, "type")
		switch {
		case err != nil:
			return nil, err
		case is == "derivation":
			return w.derivation(v, path, head)
		case k == tree, k == legacy && len(path) == 2:
			return w.group(v, path, head, next)
		case k == derivation:
			w.Log.Warn(dotted(append(path, "name")) + " is not a derivation")
		}
		return map[string]any{}, nil
	case app:
		return w.app(v, head)
	case template:
		text, err := w.need(v, "description")
		if err == nil && !w.JSON {
			w.Lines(head + ": template: " + w.style(ansi.Bold, text))
		}
		return map[string]any{"type": "template", "description": text}, err
	}
	words := [2]string{"unknown", "unknown"}
	if known, ok := plainNames[path[0]]; ok && (len(path) == 2) == (kindOf(path[:1]) == group) {
		words = known
	}
	if !w.JSON {
		w.Lines(head + ": " + w.style(ansi.Magenta, words[0]))
	}
	return map[string]any{"type": words[1]}, nil
}

// dotted returns a path as messages have it.
func dotted(path []string) string { return strings.Join(path, ".") }

// omit prints that an output is not looked at.
func (w *shower) omit(path []string, head, why string) (map[string]any, error) {
	if w.JSON {
		w.Log.Warn(dotted(path) + " omitted (" + why + ")")
	} else {
		w.Lines(head + " " + w.style(ansi.Magenta, "omitted") + " (" + why + ")")
	}
	return map[string]any{}, nil
}

// group prints a set of outputs.
func (w *shower) group(v eval.Value, path []string, head, next string) (map[string]any, error) {
	names, v, err := w.names(v)
	if err != nil {
		return nil, err
	}
	if !w.JSON {
		w.Lines(head)
	}
	names = slices.DeleteFunc(names, func(name string) bool {
		x, _ := v.Attr(name)
		return !w.hasContent(x, append(path[:len(path):len(path)], name))
	})
	doc := map[string]any{}
	for i, name := range names {
		x, _ := v.Attr(name)
		before, after := branch(next, i == len(names)-1)
		part, err := w.visit(x, append(path[:len(path):len(path)], name), w.style(ansi.Green, before)+w.style(ansi.Bold, name), after)
		if err != nil {
			return nil, err
		}
		doc[name] = part
	}
	return doc, nil
}

// names returns the names of the attributes of a set, sorted, and the set.
func (w *shower) names(v eval.Value) ([]string, eval.Value, error) {
	v, err := v.Force(w.ctx)
	if err != nil {
		return nil, v, err
	}
	if v.Kind() != eval.KindAttrs {
		_, err := v.Select(w.ctx, "x") // for the words of its error
		return nil, v, err
	}
	var names []string
	for name := range v.Attrs() {
		names = append(names, name)
	}
	slices.Sort(names)
	return names, v, nil
}

// hasContent reports whether there is anything to show of an output: frameworks make sets for
// everything that there could be.
func (w *shower) hasContent(v eval.Value, path []string) bool {
	levels := map[string]int{"apps": 2, "checks": 2, "devShells": 2, "legacyPackages": 2, "packages": 2,
		"formatter": 1, "nixosConfigurations": 1, "nixosModules": 1, "overlays": 1}[path[0]]
	if len(path) > levels {
		return true
	}
	names, v, err := w.names(v)
	if err != nil {
		return true
	}
	return slices.ContainsFunc(names, func(name string) bool {
		x, _ := v.Attr(name)
		return w.hasContent(x, append(path[:len(path):len(path)], name))
	})
}

// derivation prints a derivation.
func (w *shower) derivation(v eval.Value, path []string, head string) (map[string]any, error) {
	name, err := w.need(v, "name")
	if err != nil {
		return nil, err
	}
	if w.JSON {
		description, err := w.description(v)
		return map[string]any{"type": "derivation", "name": name, "description": description}, err
	}
	word := "package"
	switch path[0] {
	case "devShell", "devShells":
		word = "development environment"
	case "checks", "hydraJobs":
		word = "derivation"
	}
	w.Lines(head + ": " + word + " '" + name + "'")
	return nil, nil
}

// app prints an app.
func (w *shower) app(v eval.Value, head string) (map[string]any, error) {
	v, err := v.Force(w.ctx)
	if err != nil {
		return nil, err
	}
	is, err := w.text(v, "type")
	if err == nil && is != "app" {
		err = dropin.Failure("not an app definition")
	}
	if err != nil {
		return nil, err
	}
	description, err := w.description(v)
	if err != nil {
		return nil, err
	}
	doc := map[string]any{"type": "app"}
	if description != "" {
		doc["description"] = description
	} else {
		description = "no description"
	}
	if !w.JSON {
		w.Lines(head + ": app: " + w.style(ansi.Bold, description))
	}
	return doc, nil
}

// description returns meta.description; "" if there is none.
func (w *shower) description(v eval.Value) (string, error) {
	meta, ok := v.Attr("meta")
	if !ok {
		return "", nil
	}
	meta, err := meta.Force(w.ctx)
	if err != nil {
		return "", err
	}
	return w.text(meta, "description")
}

// text returns an attribute that is a string; "" if there is none.
func (w *shower) text(v eval.Value, name string) (string, error) {
	if v.Kind() != eval.KindAttrs {
		return "", nil
	}
	x, ok := v.Attr(name)
	if !ok {
		return "", nil
	}
	x, err := x.Force(w.ctx)
	if err != nil {
		return "", err
	}
	s, _ := x.Text()
	return s, nil
}

// need returns an attribute that is a string, and must be there.
func (w *shower) need(v eval.Value, name string) (string, error) {
	x, err := v.Select(w.ctx, name)
	if err == nil {
		x, err = x.Force(w.ctx)
	}
	if err != nil {
		return "", err
	}
	s, ok := x.Text()
	if !ok {
		return "", dropin.Failure("attribute '%s' is no string", name)
	}
	return s, nil
}
