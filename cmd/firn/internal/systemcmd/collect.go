package systemcmd

// This file defines the collector: what an evaluated configuration defines, and what that comes
// to, as a why.Record.

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/firn-lang/firn/builtins/system"
	"github.com/firn-lang/firn/builtins/system/why"
	"github.com/firn-lang/firn/builtins/text/version"
	"github.com/firn-lang/firn/eval"
	"github.com/firn-lang/firn/lang"
)

// A tree is a folder that modules come from, which are not the user's.
type tree struct {
	name string   // as records have it
	dirs []string // with the modules, and what belongs to them
	root string   // names of files count from here
}

// A collector makes a Record.
type collector struct {
	kind   system.Kind
	trees  []tree
	shown  func(file string) string                              // what a file of the user is called
	text   func(ctx context.Context, file string) (string, bool) // the contents of a file
	record *why.Record

	real    map[string]string // files by the names that records have for them
	sources map[string]*why.Source
	origins map[string]map[string][]string // of attributes of options: option, name, modules
}

// collect returns the record of an evaluated configuration: the value that has the attributes
// config and options.
func (c *collector) collect(ctx context.Context, v eval.Value) (*why.Record, error) {
	c.record = &why.Record{
		Trees: map[string]string{}, Options: map[string]*why.Option{}, Parts: map[string]map[string]why.Part{}, Defined: map[string][]string{},
	}
	c.real, c.sources, c.origins = map[string]string{}, map[string]*why.Source{}, map[string]map[string][]string{}
	options, err := v.Select(ctx, "options")
	if err != nil {
		return nil, err
	}
	config, err := v.Select(ctx, "config")
	if err != nil {
		return nil, err
	}
	if err := c.findTrees(ctx, options, v); err != nil {
		return nil, err
	}
	if err := c.walk(ctx, options, nil); err != nil {
		return nil, err
	}
	if err := c.traceOrigins(ctx, options); err != nil {
		return nil, err
	}
	return c.record, c.parts(ctx, config)
}

// get returns the value at a path; ok is false if there is none, or it cannot be evaluated.
func get(ctx context.Context, v eval.Value, names ...string) (out eval.Value, ok bool, err error) {
	for i := 0; ; i++ {
		if v, err = v.Force(ctx); err != nil {
			return v, false, tolerate(ctx, err)
		}
		if i == len(names) {
			return v, true, nil
		}
		if v.Kind() != eval.KindAttrs {
			return v, false, nil
		}
		if v, ok = v.Attr(names[i]); !ok {
			return v, false, nil
		}
	}
}

// textAt returns the string at a path; "" if there is none.
func textAt(ctx context.Context, v eval.Value, names ...string) (string, error) {
	x, ok, err := get(ctx, v, names...)
	if !ok {
		return "", err
	}
	text, _ := x.Text()
	return text, nil
}

// tolerate returns nil for an error of what is evaluated: options that nothing needs may fail.
// Limits and interruptions are no such errors.
func tolerate(ctx context.Context, err error) error {
	var e *eval.Error
	if ctx.Err() == nil && errors.As(err, &e) && e.Kind != eval.ErrLimit && e.Kind != eval.ErrInterrupted {
		return nil
	}
	return err
}

// wellKnown are options that a tree declares which has modules of a kind: where the tree is, they
// tell.
var wellKnown = map[system.Kind][][]string{
	system.NixOS: {{"system", "build"}, {"system", "stateVersion"}},
	system.Home:  {{"home", "activationPackage"}, {"home", "stateVersion"}},
}

// findTrees finds where modules come from that are not the user's, and their versions.
func (c *collector) findTrees(ctx context.Context, options, v eval.Value) error {
	for _, names := range wellKnown[c.kind] {
		files, err := c.files(ctx, options, append(slices.Clone(names), "declarations")...)
		if err != nil {
			return err
		}
		for _, f := range files {
			if root, _, ok := strings.Cut(f, "/nixos/modules/"); ok {
				c.addTree("nixpkgs", root, root)
			} else if i := strings.LastIndex(f, "/modules/"); i >= 0 {
				name := map[system.Kind]string{system.NixOS: "modules", system.Home: "home-manager"}[c.kind]
				c.addTree(name, f[:i], f[:i]+"/modules", f[:i]+"/lib")
			}
		}
	}
	if pkgs, ok, err := get(ctx, v, "pkgs", "path"); err != nil {
		return err
	} else if root, isText := pkgs.Text(); ok && isText {
		c.addTree("nixpkgs", root, root)
	}
	for _, t := range c.trees {
		var text string
		var err error
		switch {
		case t.name == "home-manager":
			text, err = textAt(ctx, v, "config", "home", "version", "full")
		case c.kind == system.NixOS:
			text, err = textAt(ctx, v, "config", "system", "nixos", "version")
		default:
			text, err = textAt(ctx, v, "pkgs", "lib", "version")
		}
		if err != nil {
			return err
		}
		// A tree in the store has its hash in its path; of another one, the version is all that is known.
		if base, ok := strings.CutPrefix(t.root, "/nix/store/"); ok && len(base) > 8 {
			text = strings.TrimSpace(text + " " + base[:8])
		}
		c.record.Trees[t.name] = text
	}
	label, err := textAt(ctx, v, "config", "system", "nixos", "label")
	c.record.Label = label
	return err
}

// addTree adds a tree, unless there is one at that place.
func (c *collector) addTree(name, root string, dirs ...string) {
	if !slices.ContainsFunc(c.trees, func(t tree) bool { return t.root == root }) {
		c.trees = append(c.trees, tree{name, dirs, root})
	}
}

// files returns the list of files at a path; nil if there is none.
func (c *collector) files(ctx context.Context, v eval.Value, names ...string) (list []string, err error) {
	x, ok, err := get(ctx, v, names...)
	if !ok || x.Kind() != eval.KindList {
		return nil, err
	}
	for _, e := range x.Elems() {
		f, ok, err := get(ctx, e)
		if err != nil {
			return nil, err
		}
		if text, isText := f.Text(); ok && isText {
			list = append(list, text)
		}
	}
	return list, nil
}

// name returns the name that records have for a file, and whether it is the user's.
func (c *collector) name(file string) (name string, own bool) {
	file, _, _ = strings.Cut(file, ", via option ")
	if !path.IsAbs(file) {
		return "", true // <unknown-file>
	}
	for _, t := range c.trees {
		for _, dir := range t.dirs {
			if rest, ok := strings.CutPrefix(file, dir+"/"); ok {
				sub := strings.TrimPrefix(dir+"/", t.root+"/")
				name = "<" + path.Join(t.name, sub, rest) + ">"
				c.real[name] = file
				return name, false
			}
		}
	}
	name = c.shown(file)
	c.real[name] = file
	return name, true
}

// names returns the names of files, sorted, each once.
func (c *collector) names(files []string) (list []string) {
	for _, f := range files {
		if name, _ := c.name(f); name != "" {
			list = append(list, name)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// source returns the text of a file by its name in records; nil if it cannot be read.
func (c *collector) source(ctx context.Context, name string) *why.Source {
	if s, ok := c.sources[name]; ok {
		return s
	}
	var s *why.Source
	if file := c.real[name]; file != "" {
		if text, ok := c.text(ctx, file); ok {
			s = why.Parse(file, text)
		} else if text, ok := c.text(ctx, file+"/default.nix"); ok {
			s = why.Parse(file, text)
		}
	}
	c.sources[name] = s
	return s
}

// walk looks at the options in a set.
func (c *collector) walk(ctx context.Context, set eval.Value, at []string) error {
	for name, v := range set.Attrs() {
		if len(at) == 0 && name == "_module" {
			continue
		}
		v, ok, err := get(ctx, v)
		if err != nil {
			return err
		}
		if !ok || v.Kind() != eval.KindAttrs {
			continue
		}
		at := append(slices.Clip(at), name)
		kind, err := textAt(ctx, v, "_type")
		if err != nil {
			return err
		}
		if kind == "option" {
			err = c.option(ctx, v, at)
		} else {
			err = c.walk(ctx, v, at)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// option adds what is defined of an option.
func (c *collector) option(ctx context.Context, option eval.Value, at []string) error {
	files, err := c.files(ctx, option, "files")
	if err != nil || len(files) == 0 {
		return err
	}
	c.record.Defined[why.JoinPath(at)] = c.names(files)
	if !slices.ContainsFunc(files, func(f string) bool { _, own := c.name(f); return own }) {
		return nil
	}
	declared, err := c.files(ctx, option, "declarations")
	if err != nil {
		return err
	}
	declared = c.names(declared)
	defs, ok, err := get(ctx, option, "definitionsWithLocations")
	if !ok || defs.Kind() != eval.KindList {
		return err
	}
	for _, d := range defs.Elems() {
		file, err := textAt(ctx, d, "file")
		if err != nil {
			return err
		}
		name, own := c.name(file)
		value, ok, err := get(ctx, d, "value")
		if err != nil {
			return err
		}
		if !own || !ok {
			continue
		}
		if err := c.define(ctx, why.JoinPath(at), declared, name, at, value); err != nil {
			return err
		}
	}
	return nil
}

// maxDepth is how deeply values are looked into.
const maxDepth = 12

// define adds the definition of an attribute, or those of the attributes in it.
func (c *collector) define(ctx context.Context, option string, declared []string, file string, at []string, v eval.Value) error {
	isDrv, err := isDerivation(ctx, v)
	if err != nil {
		return err
	}
	if v.Kind() == eval.KindAttrs && v.Len() > 0 && !isDrv && len(at) < maxDepth {
		for name, x := range v.Attrs() {
			x, ok, err := get(ctx, x)
			if err != nil {
				return err
			}
			if !ok {
				continue
			}
			if err := c.define(ctx, option, declared, file, append(slices.Clip(at), name), x); err != nil {
				return err
			}
		}
		return nil
	}
	d := why.Definition{File: file}
	if d.Value, err = c.show(ctx, v, 0); err != nil {
		return err
	}
	if v.Kind() == eval.KindList {
		d.Elems = []why.Elem{}
		for _, e := range v.Elems() {
			text, err := c.show(ctx, e, 1)
			if err != nil {
				return err
			}
			d.Elems = append(d.Elems, why.Elem{Value: text})
		}
	}
	s := c.source(ctx, file)
	var lines []int
	d.Line, lines = s.Locate(at, d.Value, len(d.Elems))
	for i, line := range lines {
		d.Elems[i].Line = line
	}
	if strings.Contains(d.Value, functionText) {
		d.Text = s.Digest(at)
	}
	key := why.JoinPath(at)
	o := c.record.Options[key]
	if o == nil {
		o = &why.Option{Name: option, Declared: declared}
		c.record.Options[key] = o
	}
	o.Definitions = append(o.Definitions, d)
	return nil
}

// functionText stands for a function, which has no value to compare.
const functionText = "«function»"

// isDerivation reports whether a value is a derivation.
func isDerivation(ctx context.Context, v eval.Value) (bool, error) {
	if v.Kind() != eval.KindAttrs {
		return false, nil
	}
	text, err := textAt(ctx, v, "type")
	return text == "derivation", err
}

// maxText is how much of a text a definition has, in bytes; a hash stands for the rest.
const maxText = 2000

// show returns a value as it is written. What cannot be evaluated is an error in words.
func (c *collector) show(ctx context.Context, v eval.Value, depth int) (string, error) {
	v, ok, err := get(ctx, v)
	switch {
	case err != nil:
		return "", err
	case !ok:
		return "«error»", nil
	case depth > maxDepth:
		return "…", nil
	}
	switch v.Kind() {
	case eval.KindNull:
		return "null", nil
	case eval.KindBool:
		b, _ := v.Bool()
		return strconv.FormatBool(b), nil
	case eval.KindInt:
		n, _ := v.Int()
		return strconv.FormatInt(n, 10), nil
	case eval.KindFloat:
		f, _ := v.Float()
		return strconv.FormatFloat(f, 'g', -1, 64), nil
	case eval.KindString:
		text, _ := v.Text()
		if len(text) > maxText {
			text = text[:maxText] + "… " + digest(text)
		}
		return lang.Quote(text), nil
	case eval.KindPath:
		text, _ := v.Text()
		if name, own := c.name(text); own {
			text = name
		}
		return text, nil
	case eval.KindFunction:
		return functionText, nil
	case eval.KindList:
		words := []string{"["}
		for _, e := range v.Elems() {
			text, err := c.show(ctx, e, depth+1)
			if err != nil {
				return "", err
			}
			words = append(words, text)
		}
		return strings.Join(append(words, "]"), " "), nil
	case eval.KindAttrs:
		return c.showSet(ctx, v, depth)
	}
	return "«" + v.Describe() + "»", nil
}

// showSet is show for a set. A derivation is its name.
func (c *collector) showSet(ctx context.Context, v eval.Value, depth int) (string, error) {
	isDrv, err := isDerivation(ctx, v)
	if err != nil {
		return "", err
	}
	if isDrv {
		name, err := textAt(ctx, v, "name")
		return "«" + name + "»", err
	}
	words := []string{"{"}
	for name, x := range v.Attrs() {
		text, err := c.show(ctx, x, depth+1)
		if err != nil {
			return "", err
		}
		words = append(words, lang.QuoteName(name)+" = "+text+";")
	}
	return strings.Join(append(words, "}"), " "), nil
}

// digest returns a short text that stands for a long one.
func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:6])
}

// A partKind says where parts of a kind are found, and which options define them.
type partKind struct {
	name    string
	at      []string   // in config
	options [][]string // that have the parts as attributes, or as elements of a list
	value   func(c *collector, ctx context.Context, name string, v eval.Value) (string, error)
}

// partKinds are the kinds of parts.
var partKinds = map[system.Kind][]partKind{
	system.NixOS: {
		{"package", []string{"environment", "systemPackages"}, [][]string{{"environment", "systemPackages"}}, nil},
		{"unit", []string{"systemd", "units"}, unitOptions("systemd"), (*collector).unit},
		{"user unit", []string{"systemd", "user", "units"}, unitOptions("systemd", "user"), (*collector).unit},
		{"file", []string{"environment", "etc"}, [][]string{{"environment", "etc"}}, (*collector).file},
		{"user", []string{"users", "users"}, [][]string{{"users", "users"}}, (*collector).user},
		{"group", []string{"users", "groups"}, [][]string{{"users", "groups"}}, (*collector).group},
		{"kernel parameter", []string{"boot", "kernelParams"}, [][]string{{"boot", "kernelParams"}}, nil},
		{"kernel module", []string{"boot", "kernelModules"}, [][]string{{"boot", "kernelModules"}}, nil},
		{"sysctl", []string{"boot", "kernel", "sysctl"}, [][]string{{"boot", "kernel", "sysctl"}}, (*collector).plain},
		{"file system", []string{"fileSystems"}, [][]string{{"fileSystems"}}, (*collector).fileSystem},
	},
	system.Home: {
		{"package", []string{"home", "packages"}, [][]string{{"home", "packages"}}, nil},
		{"file", []string{"home", "file"}, [][]string{{"home", "file"}, {"xdg", "configFile"}, {"xdg", "dataFile"}}, (*collector).file},
		{"variable", []string{"home", "sessionVariables"}, [][]string{{"home", "sessionVariables"}}, (*collector).plain},
	},
}

// unitOptions returns the options of the units of systemd below a path.
func unitOptions(under ...string) (list [][]string) {
	for _, kind := range []string{"services", "sockets", "timers", "paths", "targets", "mounts", "automounts", "slices", "units"} {
		list = append(list, append(slices.Clone(under), kind))
	}
	return list
}

// parts adds what the configuration comes to.
func (c *collector) parts(ctx context.Context, config eval.Value) error {
	for _, k := range partKinds[c.kind] {
		v, ok, err := get(ctx, config, k.at...)
		if err != nil {
			return err
		}
		if !ok {
			continue
		}
		parts := map[string]why.Part{}
		add := func(name, value string) {
			if old, ok := parts[name]; ok && old.Value != value {
				value = old.Value + ", " + value
			}
			parts[name] = why.Part{Value: value, From: c.from(k, name)}
		}
		if v.Kind() == eval.KindList {
			for _, e := range v.Elems() {
				name, value, err := c.elem(ctx, e)
				if err != nil {
					return err
				}
				if name != "" {
					add(name, value)
				}
			}
		} else if v.Kind() == eval.KindAttrs && k.value != nil {
			for name, x := range v.Attrs() {
				value, err := k.value(c, ctx, name, x)
				if err != nil {
					return err
				}
				if value != "" {
					add(name, value)
				}
			}
		}
		c.record.Parts[k.name] = parts
	}
	return nil
}

// elem returns the name and the value of an element of a list: of a package, its name without
// version, and the version with what tells it from others.
func (c *collector) elem(ctx context.Context, e eval.Value) (name, value string, err error) {
	e, ok, err := get(ctx, e)
	if !ok {
		return "", "", err
	}
	if text, isText := e.Text(); isText {
		return text, "yes", nil
	}
	full, err := textAt(ctx, e, "name")
	if err != nil || full == "" {
		return "", "", err
	}
	out, err := textAt(ctx, e, "outPath")
	name, v := version.Split(full)
	return name, strings.TrimSpace(v + " " + hashPart(out)), err
}

// hashPart returns the beginning of the hash part of a store path.
func hashPart(storePath string) string {
	base := path.Base(storePath)
	const shown = 8
	if len(base) < shown {
		return base
	}
	return base[:shown]
}

// unit returns what tells a unit of systemd from another one.
func (c *collector) unit(ctx context.Context, _ string, v eval.Value) (string, error) {
	if on, ok, err := get(ctx, v, "enable"); err != nil {
		return "", err
	} else if b, isBool := on.Bool(); ok && isBool && !b {
		return "masked", nil
	}
	text, err := textAt(ctx, v, "text")
	if err != nil {
		return "", err
	}
	for _, name := range []string{"wantedBy", "requiredBy", "upheldBy", "aliases"} {
		x, ok, err := get(ctx, v, name)
		if err != nil {
			return "", err
		}
		if ok {
			more, err := c.show(ctx, x, 0)
			if err != nil {
				return "", err
			}
			text += "\n" + more
		}
	}
	return digest(text), nil
}

// file returns what tells a file from another one; "" if it is not made.
func (c *collector) file(ctx context.Context, _ string, v eval.Value) (string, error) {
	if on, ok, err := get(ctx, v, "enable"); err != nil {
		return "", err
	} else if b, isBool := on.Bool(); ok && isBool && !b {
		return "", nil
	}
	source, ok, err := get(ctx, v, "source")
	if err != nil {
		return "", err
	}
	if !ok {
		text, err := textAt(ctx, v, "text")
		return digest(text), err
	}
	if text, isText := source.Text(); isText {
		return text, nil
	}
	return textAt(ctx, source, "outPath")
}

// some returns some of the attributes of a set as text.
func (c *collector) some(ctx context.Context, v eval.Value, names ...string) (string, error) {
	var words []string
	for _, name := range names {
		x, ok, err := get(ctx, v, name)
		if err != nil {
			return "", err
		}
		if !ok {
			continue
		}
		text, err := c.show(ctx, x, 1)
		if err != nil {
			return "", err
		}
		words = append(words, name+" = "+text+";")
	}
	return strings.Join(words, " "), nil
}

func (c *collector) user(ctx context.Context, _ string, v eval.Value) (string, error) {
	if on, ok, err := get(ctx, v, "enable"); err != nil {
		return "", err
	} else if b, isBool := on.Bool(); ok && isBool && !b {
		return "", nil
	}
	return c.some(ctx, v, "uid", "group", "extraGroups", "home", "shell", "description", "packages", "openssh")
}

func (c *collector) group(ctx context.Context, _ string, v eval.Value) (string, error) {
	text, err := c.some(ctx, v, "gid", "members")
	return "{ " + text + " }", err
}

func (c *collector) fileSystem(ctx context.Context, _ string, v eval.Value) (string, error) {
	return c.some(ctx, v, "device", "fsType", "options", "neededForBoot")
}

func (c *collector) plain(ctx context.Context, _ string, v eval.Value) (string, error) {
	return c.show(ctx, v, 0)
}

// from returns the modules and files that define a part: those whose definition of an option has
// the attribute, or the element.
func (c *collector) from(k partKind, name string) (list []string) {
	for _, option := range k.options {
		key := why.JoinPath(option)
		at := name
		if len(list) > 0 && option[len(option)-1] == "units" {
			continue // which one module makes of all others
		}
		if strings.HasSuffix(k.name, "unit") && option[len(option)-1] != "units" {
			kind := strings.TrimSuffix(option[len(option)-1], "s") // services
			base, ok := strings.CutSuffix(name, "."+kind)
			if !ok {
				continue
			}
			at = base
		}
		list = append(list, c.origins[key][at]...)
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// traceOrigins looks which modules define which attributes of the options that parts come from.
func (c *collector) traceOrigins(ctx context.Context, options eval.Value) error {
	for _, k := range partKinds[c.kind] {
		for _, names := range k.options {
			key := why.JoinPath(names)
			if c.origins[key] != nil {
				continue
			}
			c.origins[key] = map[string][]string{}
			defs, ok, err := get(ctx, options, append(slices.Clone(names), "definitionsWithLocations")...)
			if err != nil {
				return err
			}
			if !ok || defs.Kind() != eval.KindList {
				continue
			}
			for _, d := range defs.Elems() {
				if err := c.traceDefinition(ctx, c.origins[key], d); err != nil {
					return fmt.Errorf("%s: %w", key, err)
				}
			}
		}
	}
	return nil
}

// traceDefinition adds the attributes, or elements, of one definition.
func (c *collector) traceDefinition(ctx context.Context, to map[string][]string, d eval.Value) error {
	file, err := textAt(ctx, d, "file")
	if err != nil {
		return err
	}
	name, _ := c.name(file)
	v, ok, err := get(ctx, d, "value")
	if !ok || name == "" {
		return err
	}
	switch v.Kind() {
	case eval.KindAttrs:
		for attr := range v.Attrs() {
			to[attr] = append(to[attr], name)
		}
	case eval.KindList:
		for _, e := range v.Elems() {
			of, _, err := c.elem(ctx, e)
			if err != nil {
				return err
			}
			to[of] = append(to[of], name)
		}
	}
	return nil
}
