package profile

// This file defines Manifest: which packages a profile of nix profile has.

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"path"
	"slices"
	"strings"

	"github.com/firn-lang/firn/builtins/text/jsontext"
	"github.com/firn-lang/firn/builtins/text/version"
)

// DefaultPriority is the priority of packages that have none of their own.
const DefaultPriority = 5

// A Manifest has the packages of a profile, by their names there. Its text is the file
// manifest.json of a generation.
type Manifest struct {
	Elements map[string]*Element
}

// An Element is a package of a profile.
type Element struct {
	StorePaths []string // sorted
	Active     bool     // its files are in the profile
	Priority   int      // of two packages with the same file, that with the lower number wins
	Source     *Source  // nil if it does not come from a flake
}

// A Source is the output of a flake that a package comes from.
type Source struct {
	OriginalURL string   // as the flake was named
	URL         string   // the same, locked
	AttrPath    string   // of the output
	Outputs     []string // outputs of the derivation; nil stands for those that are usual, "*" for all
}

// String returns the source as a command line names it, as in "nixpkgs#hello^out,dev".
func (s *Source) String() string {
	text := s.OriginalURL + "#" + s.AttrPath
	if s.Outputs != nil {
		text += "^" + strings.Join(s.Outputs, ",")
	}
	return text
}

// Identifier returns what the package is called: its source, or the names of its store paths
// without their versions.
func (e *Element) Identifier() string {
	if e.Source != nil {
		return e.Source.String()
	}
	var names []string
	for _, p := range e.StorePaths {
		name, _ := version.Split(nameOf(p))
		names = append(names, name)
	}
	slices.Sort(names)
	return strings.Join(slices.Compact(names), ", ")
}

// Versions returns the versions that names of the store paths have, sorted; "" is one, too.
func (e *Element) Versions() []string {
	var list []string
	for _, p := range e.StorePaths {
		_, v := version.Split(nameOf(p))
		list = append(list, v)
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// nameOf returns the name of a store path, without its hash part.
func nameOf(storePath string) string {
	_, name, _ := strings.Cut(path.Base(storePath), "-")
	return name
}

// Names returns the names of the packages, sorted.
func (m *Manifest) Names() []string { return slices.Sorted(maps.Keys(m.Elements)) }

// Add adds a package under a name, or under one with a number behind it if that is taken.
func (m *Manifest) Add(name string, e *Element) {
	if m.Elements == nil {
		m.Elements = map[string]*Element{}
	}
	free := name
	for i := 1; m.Elements[free] != nil; i++ {
		free = fmt.Sprintf("%s-%d", name, i)
	}
	m.Elements[free] = e
}

// manifestVersion is the version of manifests that Text writes.
const manifestVersion = 3

// Text returns the manifest as JSON, on one line.
func (m *Manifest) Text() (string, error) {
	elements := map[string]any{}
	for name, e := range m.Elements {
		paths := slices.Clone(e.StorePaths)
		if paths == nil {
			paths = []string{}
		}
		o := map[string]any{"active": e.Active, "priority": e.Priority, "storePaths": paths}
		if s := e.Source; s != nil {
			o["originalUrl"], o["url"], o["attrPath"], o["outputs"] = s.OriginalURL, s.URL, s.AttrPath, s.Outputs
		}
		elements[name] = o
	}
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	err := enc.Encode(map[string]any{"version": manifestVersion, "elements": elements})
	return strings.TrimSuffix(out.String(), "\n"), err
}

// ParseManifest reads a manifest.json; file names it in errors. name, which may be nil, returns
// the name of a package of an old manifest, in which they have none; "" is its identifier.
func ParseManifest(file string, text []byte, name func(*Element) string) (*Manifest, error) {
	m, err := parseManifest(text, name)
	if err != nil {
		return nil, fmt.Errorf("profile manifest %q %w", file, err)
	}
	return m, nil
}

// parseManifest is ParseManifest with errors that go on after the name of the file.
func parseManifest(text []byte, name func(*Element) string) (*Manifest, error) {
	parsed, err := jsontext.Parse(string(text), nil)
	if err != nil {
		return nil, fmt.Errorf("is no JSON: %w", err)
	}
	head, ok := parsed.(map[string]any)
	if !ok {
		return nil, fmt.Errorf("has to be an object, and is of type '%s'", jsontext.TypeName(parsed))
	}
	v, _, err := numberOf(head, "version")
	if err != nil {
		return nil, fmt.Errorf("is wrong: %w", err)
	}
	if v < 1 || v > manifestVersion {
		return nil, fmt.Errorf("has unsupported version %d", v)
	}
	m := &Manifest{}
	switch elements := head["elements"].(type) {
	case nil:
	case []any: // as in the versions before 3; with version 3, the reference accepts it as well
		for i, e := range elements {
			element, err := parseElement(e, v)
			if err != nil {
				return nil, fmt.Errorf("has an element %d that is wrong: %w", i, err)
			}
			called := ""
			if name != nil {
				called = name(element)
			}
			if called == "" {
				called = element.Identifier()
			}
			m.Add(called, element)
		}
	case map[string]any:
		for _, called := range slices.Sorted(maps.Keys(elements)) {
			element, err := parseElement(elements[called], v)
			if err != nil {
				return nil, fmt.Errorf("has an element '%s' that is wrong: %w", called, err)
			}
			m.Add(called, element)
		}
	default:
		return nil, fmt.Errorf("is wrong: %w", typeError("elements", elements, "an object"))
	}
	return m, nil
}

// parseElement reads an element of a manifest of that version.
func parseElement(v any, version int) (*Element, error) {
	o, ok := v.(map[string]any)
	if !ok {
		return nil, typeError("it", v, "an object")
	}
	e := &Element{Priority: DefaultPriority}
	if e.Active, ok = o["active"].(bool); !ok {
		return nil, typeError("active", o["active"], "a boolean")
	}
	var err error
	if e.StorePaths, err = textsOf(o, "storePaths"); err != nil {
		return nil, err
	}
	for _, p := range e.StorePaths {
		if !path.IsAbs(p) {
			return nil, fmt.Errorf("not an absolute path: %q", p)
		}
	}
	slices.Sort(e.StorePaths)
	if priority, ok, err := numberOf(o, "priority"); err != nil {
		return nil, err
	} else if ok {
		e.Priority = priority
	}
	url, original := "url", "originalUrl"
	if version == 1 {
		url, original = "uri", "originalUri"
	}
	if locked, ok := o[url]; !ok || locked == "" {
		return e, nil
	}
	s := &Source{}
	for key, to := range map[string]*string{url: &s.URL, original: &s.OriginalURL, "attrPath": &s.AttrPath} {
		if *to, ok = o[key].(string); !ok {
			return nil, typeError(key, o[key], "a string")
		}
	}
	if o["outputs"] != nil {
		if s.Outputs, err = textsOf(o, "outputs"); err != nil {
			return nil, err
		}
	}
	e.Source = s
	return e, nil
}

// typeError returns the error of a value that has another type than it has to have.
func typeError(name string, v any, want string) error {
	return fmt.Errorf("%s has to be %s, and is of type '%s'", name, want, jsontext.TypeName(v))
}

// maxNumber is the greatest number that is taken from a manifest: others become it.
const maxNumber = math.MaxInt32

// numberOf returns a field that is a number, without its fraction; ok is false if there is none.
func numberOf(o map[string]any, name string) (n int, ok bool, err error) {
	v, ok := o[name]
	if !ok {
		return 0, false, nil
	}
	switch v := v.(type) {
	case int64:
		return int(min(max(v, -maxNumber), maxNumber)), true, nil
	case float64:
		return int(min(max(v, -maxNumber), maxNumber)), true, nil
	}
	return 0, false, typeError(name, v, "a number")
}

// textsOf returns a field that is a list of strings; nil if there is none.
func textsOf(o map[string]any, name string) ([]string, error) {
	v, ok := o[name]
	if !ok {
		return nil, nil
	}
	list, ok := v.([]any)
	if !ok {
		return nil, typeError(name, v, "an array")
	}
	out := make([]string, len(list))
	for i, e := range list {
		if out[i], ok = e.(string); !ok {
			return nil, typeError("an element of "+name, e, "a string")
		}
	}
	return out, nil
}
