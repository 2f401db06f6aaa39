package profile

// This file defines Manifest: which packages a profile of nix profile has.

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

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

// The versions of manifests: that which Text writes, and the first with names of elements.
const (
	manifestVersion = 3
	namedVersion    = 3
)

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

// element is an Element in JSON. Version 1 calls URLs URIs.
type element struct {
	StorePaths  []string `json:"storePaths"`
	Active      bool     `json:"active"`
	Priority    *int     `json:"priority"`
	OriginalURL string   `json:"originalUrl"`
	OriginalURI string   `json:"originalUri"`
	URL         string   `json:"url"`
	URI         string   `json:"uri"`
	AttrPath    string   `json:"attrPath"`
	Outputs     []string `json:"outputs"`
}

// ParseManifest reads a manifest.json; file names it in errors. name, which may be nil, returns
// the name of a package of an old manifest, in which they have none; "" is its identifier.
func ParseManifest(file string, text []byte, name func(*Element) string) (*Manifest, error) {
	var head struct {
		Version  int             `json:"version"`
		Elements json.RawMessage `json:"elements"`
	}
	if err := json.Unmarshal(text, &head); err != nil {
		return nil, fmt.Errorf("parsing %s: %w", file, err)
	}
	if head.Version < 1 || head.Version > manifestVersion {
		return nil, fmt.Errorf("profile manifest %q has unsupported version %d", file, head.Version)
	}
	m := &Manifest{}
	if head.Version < namedVersion {
		var list []element
		if err := json.Unmarshal(head.Elements, &list); err != nil {
			return nil, fmt.Errorf("parsing %s: %w", file, err)
		}
		for i := range list {
			e := list[i].element()
			called := ""
			if name != nil {
				called = name(e)
			}
			if called == "" {
				called = e.Identifier()
			}
			m.Add(called, e)
		}
		return m, nil
	}
	var set map[string]element
	if err := json.Unmarshal(head.Elements, &set); err != nil {
		return nil, fmt.Errorf("parsing %s: %w", file, err)
	}
	for _, called := range slices.Sorted(maps.Keys(set)) {
		e := set[called]
		m.Add(called, e.element())
	}
	return m, nil
}

// element returns the element that was read.
func (e *element) element() *Element {
	out := &Element{StorePaths: e.StorePaths, Active: e.Active, Priority: DefaultPriority}
	slices.Sort(out.StorePaths)
	if e.Priority != nil {
		out.Priority = *e.Priority
	}
	if url := e.URL + e.URI; url != "" {
		out.Source = &Source{OriginalURL: e.OriginalURL + e.OriginalURI, URL: url, AttrPath: e.AttrPath, Outputs: e.Outputs}
	}
	return out
}
