package build

// This file defines what the builder's program finds: variables, and files in its folder.

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/drv"
	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/eval/datatext"
)

// surroundings are what a builder's program finds.
type surroundings struct {
	env   map[string]string
	files map[string]string // contents, by names in the build folder
}

// surroundings returns what the program of a derivation finds if its build folder is at
// top, as it sees it. Outputs are placeholders.
func (a *attempt) surroundings(ctx context.Context, top string) (*surroundings, error) {
	s := &surroundings{files: map[string]string{}, env: map[string]string{
		"PATH":      "/path-not-set",
		"HOME":      homeless,
		"NIX_STORE": string(a.b.dir),
	}}
	cores := a.b.Cores
	if cores == 0 {
		cores = runtime.NumCPU()
	}
	s.env["NIX_BUILD_CORES"] = strconv.Itoa(cores)
	var err error
	if a.opts.attrs != nil {
		err = a.structuredFiles(ctx, s, top)
	} else {
		err = a.variables(ctx, s, top)
	}
	if err != nil {
		return nil, err
	}
	for _, name := range []string{"NIX_BUILD_TOP", "TMPDIR", "TEMPDIR", "TMP", "TEMP", "PWD"} {
		s.env[name] = top
	}
	if a.kind == drv.Fixed {
		s.env["NIX_OUTPUT_CHECKED"] = "1"
	}
	if a.networked() {
		for _, name := range a.opts.impureEnvVars {
			s.env[name] = a.b.Getenv(name)
		}
	}
	s.env["NIX_LOG_FD"], s.env["TERM"] = "2", "xterm-256color"
	return s, nil
}

// homeless is the home folder of builders. It must not exist.
const homeless = "/homeless-shelter"

// variables sets what a derivation without structured attributes has.
func (a *attempt) variables(ctx context.Context, s *surroundings, top string) error {
	for _, v := range a.d.Env {
		if !a.opts.passAsFile[v.Name] {
			s.env[v.Name] = v.Value
			continue
		}
		sum := nixhash.Sum(nixhash.SHA256, []byte(v.Name))
		name := ".attr-" + sum.Text(nixhash.Nix32)
		s.files[name] = v.Value
		s.env[v.Name+"Path"] = top + "/" + name
	}
	for name, paths := range a.opts.graphs {
		closure, err := a.exported(ctx, paths)
		if err != nil {
			return err
		}
		var text strings.Builder
		for _, path := range closure {
			refs, err := a.b.references(ctx, path)
			if err != nil {
				return err
			}
			fmt.Fprintf(&text, "%s\n\n%d\n", path, len(refs))
			for _, ref := range refs {
				text.WriteString(ref + "\n")
			}
		}
		s.files[name] = text.String()
	}
	return nil
}

// structuredFiles writes the attributes into files.
func (a *attempt) structuredFiles(ctx context.Context, s *surroundings, top string) error {
	attrs := maps.Clone(a.opts.attrs)
	outputs := map[string]any{}
	for i := range a.d.Outputs {
		outputs[a.d.Outputs[i].Name] = storepath.OutputPlaceholder(a.d.Outputs[i].Name)
	}
	attrs["outputs"] = outputs
	for name, paths := range a.opts.graphs {
		closure, err := a.exported(ctx, paths)
		if err != nil {
			return err
		}
		list := make([]any, len(closure))
		for i, path := range closure {
			if list[i], err = a.described(ctx, path); err != nil {
				return err
			}
		}
		attrs[name] = list
	}
	encoded, err := datatext.AppendJSONValue(nil, attrs, false)
	if err != nil {
		return err
	}
	s.files[".attrs.json"], s.files[".attrs.sh"] = string(encoded), shellText(attrs)
	s.env["NIX_ATTRS_JSON_FILE"], s.env["NIX_ATTRS_SH_FILE"] = top+"/.attrs.json", top+"/.attrs.sh"
	return nil
}

// exported returns the closure of paths, which must be among the inputs, and of the
// outputs of derivations in it.
func (a *attempt) exported(ctx context.Context, paths []string) ([]string, error) {
	set := map[string]bool{}
	for _, path := range paths {
		if !a.inputs[path] {
			return nil, &Error{Status: MiscFailure, Drv: a.drvPath, Msg: fmt.Sprintf("cannot export references of path '%s' because it is not in the input closure of the derivation", path)}
		}
		if err := a.b.addClosure(ctx, set, path); err != nil {
			return nil, err
		}
	}
	for _, path := range sorted(set) {
		if !isDerivation(path) {
			continue
		}
		d, err := a.b.derivation(ctx, path)
		if err != nil {
			return nil, err
		}
		for i := range d.Outputs {
			out := d.Outputs[i].Path
			if out == "" {
				return nil, errors.New("exportReferences on CA derivations is not yet implemented")
			}
			if valid, err := a.b.objects.IsValid(ctx, out); err != nil || !valid {
				if err == nil {
					err = &store.InvalidPathError{Path: out}
				}
				return nil, err
			}
			if err := a.b.addClosure(ctx, set, out); err != nil {
				return nil, err
			}
		}
	}
	return sorted(set), nil
}

// described returns what structured attributes say of a store object.
func (a *attempt) described(ctx context.Context, path string) (any, error) {
	info, err := a.b.objects.Info(ctx, path)
	if err != nil {
		return nil, err
	}
	closure := map[string]bool{}
	if err := a.b.addClosure(ctx, closure, path); err != nil {
		return nil, err
	}
	size := int64(0)
	for p := range closure {
		i, err := a.b.objects.Info(ctx, p)
		if err != nil {
			return nil, err
		}
		size += i.NARSize
	}
	refs := make([]any, len(info.References))
	for i, ref := range info.References {
		refs[i] = ref
	}
	out := map[string]any{
		"path": path, "valid": true, "references": refs, "closureSize": size,
		"narHash": info.NARHash.Prefixed(nixhash.Nix32), "narSize": info.NARSize,
	}
	if !info.CA.IsZero() {
		out["ca"] = info.CA.String()
	}
	return out, nil
}

// list returns variables as a process has them, in which texts are replaced.
func (s *surroundings) list(r *strings.Replacer) []string {
	out := make([]string, 0, len(s.env))
	for _, name := range slices.Sorted(maps.Keys(s.env)) {
		out = append(out, r.Replace(name+"="+s.env[name]))
	}
	return out
}

// networked reports whether the builder may use the network, and what else of the outside
// the derivation asks for: what it makes is checked, or may be another thing each time.
func (a *attempt) networked() bool { return a.kind == drv.Fixed || a.kind == drv.Impure }
