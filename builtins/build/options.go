package build

// This file defines what attributes of a derivation ask of the builder.

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"

	"github.com/firn-lang/firn/builtins/store/drv"
	"github.com/firn-lang/firn/builtins/text/jsontext"
)

// requests are what a derivation asks of the builder.
type requests struct {
	attrs map[string]any // structured attributes; nil if there are none

	checks           map[string]*outputChecks // by output; "" is of all
	discard          map[string]bool          // outputs whose references do not count
	passAsFile       map[string]bool          // variables whose value is in a file
	graphs           map[string][]string      // paths whose closures are described, by names of files or attributes
	noChroot         bool
	hostPaths        []string
	impureEnvVars    []string
	features         map[string]bool // that the machine must have
	allowSubstitutes bool

	warnings []string // about attributes that have no effect
}

// outputChecks are what an output is allowed to be. Lists have store paths and names of
// outputs.
type outputChecks struct {
	ignoreSelf               bool   // of requisites
	maxSize, maxClosure      *int64 // in bytes; nil is any
	references, requisites   *[]string
	noReferences, noRequired []string
}

// graphFile is what a file of exportReferencesGraph may be called.
var graphFile = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_.-]*$`)

// optionsOf returns what a derivation asks for.
func (b *Builder) optionsOf(d *drv.Derivation) (*requests, error) {
	r := &requests{allowSubstitutes: true, checks: map[string]*outputChecks{}, discard: map[string]bool{}, passAsFile: map[string]bool{}, graphs: map[string][]string{}, features: map[string]bool{}}
	if encoded, ok := d.LookupEnv(drv.StructuredAttrs); ok {
		parsed, err := jsontext.Parse(encoded, nil)
		if err != nil {
			return nil, fmt.Errorf("cannot process %s attribute: %w", drv.StructuredAttrs, err)
		}
		if r.attrs, ok = parsed.(map[string]any); !ok {
			return nil, fmt.Errorf("cannot process %s attribute: it is no object", drv.StructuredAttrs)
		}
	}
	a := attributes{d, r.attrs}
	r.noChroot = a.bool("__noChroot", false)
	r.allowSubstitutes = a.bool("allowSubstitutes", true)
	r.hostPaths = a.list("__impureHostDeps")
	r.impureEnvVars = a.list("impureEnvVars")
	for _, f := range a.list("requiredSystemFeatures") {
		r.features[f] = true
	}
	if a.err() != nil {
		return nil, a.err()
	}
	if r.attrs != nil {
		return r, r.structured()
	}
	for _, name := range a.list("passAsFile") {
		r.passAsFile[name] = true
	}
	all := &outputChecks{ignoreSelf: true}
	for name, list := range map[string]**[]string{"allowedReferences": &all.references, "allowedRequisites": &all.requisites} {
		if _, ok := d.LookupEnv(name); ok {
			words := a.list(name)
			*list = &words
		}
	}
	all.noReferences, all.noRequired = a.list("disallowedReferences"), a.list("disallowedRequisites")
	r.checks[""] = all
	words := a.list("exportReferencesGraph")
	if len(words)%2 != 0 {
		text, _ := d.LookupEnv("exportReferencesGraph")
		return nil, fmt.Errorf("odd number of tokens in 'exportReferencesGraph': '%s'", text)
	}
	for pair := range slices.Chunk(words, 2) {
		if !graphFile.MatchString(pair[0]) {
			return nil, fmt.Errorf("invalid file name '%s' in 'exportReferencesGraph'", pair[0])
		}
		if err := r.addGraph(b, pair[0], pair[1:]); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// addGraph adds store paths, or what is below them, to those that a file describes.
func (r *requests) addGraph(b *Builder, name string, paths []string) error {
	r.graphs[name] = nil
	for _, path := range paths {
		p, _, err := b.dir.Split(path)
		if err != nil {
			return err
		}
		r.graphs[name] = append(r.graphs[name], b.dir.Text(p))
	}
	return nil
}

// attributes are those of a derivation, structured or not.
type attributes struct {
	d     *drv.Derivation
	attrs map[string]any
}

// err returns what is wrong with a structured attribute whose type matters.
func (a attributes) err() error {
	for _, name := range []string{"__noChroot", "allowSubstitutes", "preferLocalBuild"} {
		if v, ok := a.attrs[name]; ok {
			if _, ok := v.(bool); !ok {
				return fmt.Errorf("while parsing attribute \"%s\": expected JSON value to be of type 'boolean'", name)
			}
		}
	}
	for _, name := range []string{"__impureHostDeps", "impureEnvVars", "requiredSystemFeatures"} {
		if v, ok := a.attrs[name]; ok {
			if _, ok := stringsOf(v); !ok {
				return fmt.Errorf("while parsing attribute \"%s\": expected JSON value to be of type 'array' of strings", name)
			}
		}
	}
	return nil
}

func (a attributes) bool(name string, usual bool) bool {
	if a.attrs != nil {
		if v, ok := a.attrs[name].(bool); ok {
			return v
		}
		return usual
	}
	if v, ok := a.d.LookupEnv(name); ok {
		return v == "1"
	}
	return usual
}

// list returns the words of an attribute, sorted if it is structured.
func (a attributes) list(name string) []string {
	if a.attrs != nil {
		list, _ := stringsOf(a.attrs[name])
		return list
	}
	v, _ := a.d.LookupEnv(name)
	return strings.FieldsFunc(v, func(r rune) bool { return strings.ContainsRune(" \t\n\r", r) })
}

// stringsOf returns a list of strings.
func stringsOf(v any) ([]string, bool) {
	list, ok := v.([]any)
	if !ok {
		return nil, false
	}
	out := make([]string, len(list))
	for i, e := range list {
		if out[i], ok = e.(string); !ok {
			return nil, false
		}
	}
	return out, true
}

// structured reads the structured attributes that are not among the others.
func (r *requests) structured() error {
	if v, ok := r.attrs["outputChecks"]; ok {
		all, err := objectOf(v)
		if err != nil {
			return err
		}
		for output, checks := range all {
			fields, err := objectOf(checks)
			if err != nil {
				return err
			}
			c, err := checksOf(output, fields)
			if err != nil {
				return err
			}
			r.checks[output] = c
		}
	}
	if v, ok := r.attrs["unsafeDiscardReferences"]; ok {
		all, err := objectOf(v)
		if err != nil {
			return fmt.Errorf("while parsing attribute 'unsafeDiscardReferences': %w", err)
		}
		for output, discard := range all {
			var ok bool
			if r.discard[output], ok = discard.(bool); !ok {
				return fmt.Errorf("while parsing attribute 'unsafeDiscardReferences': expected JSON value to be of type 'boolean'")
			}
		}
	}
	if v, ok := r.attrs["exportReferencesGraph"]; ok {
		graphs, ok := v.(map[string]any)
		if !ok {
			r.warnings = append(r.warnings, "'exportReferencesGraph' in structured attrs is not a JSON object, ignoring")
		}
		for name, paths := range graphs {
			var list []string
			if !flatten(paths, &list) {
				return fmt.Errorf("'exportReferencesGraph' value is not an array or a string")
			}
			r.graphs[name] = list
		}
	}
	return nil
}

// flatten appends the strings of lists in lists.
func flatten(v any, to *[]string) bool {
	switch v := v.(type) {
	case string:
		*to = append(*to, v)
		return true
	case []any:
		return !slices.ContainsFunc(v, func(e any) bool { return !flatten(e, to) })
	}
	return false
}

// objectOf returns a value of JSON that has to be an object.
func objectOf(v any) (map[string]any, error) {
	o, ok := v.(map[string]any)
	if !ok {
		return nil, fmt.Errorf("expected JSON value to be of type 'object' but it is of type '%s'", jsontext.TypeName(v))
	}
	return o, nil
}

// sizeOf returns a size as the reference reads it: a fraction is cut off, and a number below 0 is
// any size, since it has no sign there.
func sizeOf(v any) (size int64, ok bool) {
	switch v := v.(type) {
	case int64:
		size = v
	case float64:
		size = int64(min(max(v, -1), math.MaxInt64/2))
	default:
		return 0, false
	}
	if size < 0 {
		size = math.MaxInt64
	}
	return size, true
}

// checksOf returns the checks of an output.
func checksOf(output string, fields map[string]any) (*outputChecks, error) {
	c := &outputChecks{}
	for name, size := range map[string]**int64{"maxSize": &c.maxSize, "maxClosureSize": &c.maxClosure} {
		if v, ok := fields[name]; ok {
			n, ok := sizeOf(v)
			if !ok {
				return nil, fmt.Errorf("attribute 'outputChecks.\"%s\".%s' is not a number", output, name)
			}
			*size = &n
		}
	}
	lists := map[string]func([]string){
		"allowedReferences": func(l []string) { c.references = &l }, "allowedRequisites": func(l []string) { c.requisites = &l },
		"disallowedReferences": func(l []string) { c.noReferences = l }, "disallowedRequisites": func(l []string) { c.noRequired = l },
	}
	for name, set := range lists {
		if v, ok := fields[name]; ok {
			list, ok := stringsOf(v)
			if !ok {
				return nil, fmt.Errorf("while parsing attribute 'outputChecks.\"%s\".%s': expected a list of strings", output, name)
			}
			set(list)
		}
	}
	return c, nil
}
