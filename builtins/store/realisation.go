package store

// This file defines realisations: which path an output of a derivation has whose path does
// not follow from the derivation.

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/firn-lang/firn/builtins/store/drv"
	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/builtins/store/storepath"
)

// Realisations are what a store knows of outputs whose paths follow from their contents.
// Several goroutines may use it.
type Realisations interface {
	// Realisation returns what is known of an output; nil if nothing is.
	Realisation(ctx context.Context, id OutputID) (*Realisation, error)
	// AddRealisation makes something known of an output whose path is valid. What was
	// known before gets the new signatures; another path is a *ConflictError.
	AddRealisation(ctx context.Context, r *Realisation) error
}

// An OutputID names an output of a derivation, and so of all derivations that have the same
// (*drv.Derivation).OutputHash.
type OutputID struct {
	Hash   nixhash.Hash
	Output string
}

// String returns the id as it is written in files, "sha256:HEX!OUTPUT".
func (id OutputID) String() string { return id.Hash.Prefixed(nixhash.Base16) + "!" + id.Output }

// IsZero reports whether the id names nothing.
func (id OutputID) IsZero() bool { return id.Output == "" }

// ParseOutputID reads an id as String writes it.
func ParseOutputID(text string) (OutputID, error) {
	hash, output, ok := strings.Cut(text, "!")
	if !ok || output == "" {
		//lint:ignore ST1005 the reference's words
		return OutputID{}, fmt.Errorf("Invalid derivation output id %s", text)
	}
	h, err := nixhash.Parse(hash, 0)
	return OutputID{h, output}, err
}

// A Realisation says which path an output has.
type Realisation struct {
	ID         OutputID
	Path       string   // whole store path
	Signatures []string // KEY:BASE64, sorted
}

// realisationJSON is what signatures sign of a Realisation. Keys are sorted.
type realisationJSON struct {
	Dependent struct{} `json:"dependentRealisations"` // which older versions had
	ID        string   `json:"id"`
	OutPath   string   `json:"outPath"` // without the store directory
}

// JSON returns the realisation as it is kept in binary caches and sent to daemons, without
// a newline.
func (r *Realisation) JSON() string {
	sigs := r.Signatures
	if sigs == nil {
		sigs = []string{}
	}
	text := r.Fingerprint()
	list, _ := json.Marshal(sigs) // which cannot fail
	return text[:len(text)-1] + `,"signatures":` + string(list) + "}"
}

// Fingerprint returns the text that signatures of the realisation sign.
func (r *Realisation) Fingerprint() string {
	text, _ := json.Marshal(realisationJSON{ID: r.ID.String(), OutPath: r.Path[strings.LastIndexByte(r.Path, '/')+1:]}) // which cannot fail
	return string(text)
}

// notRealisation returns the reason why JSON is no realisation.
func notRealisation(err error) error {
	if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		return fmt.Errorf("'%s' has a value of the wrong type: %s", wrong.Field, wrong.Value)
	}
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		return fmt.Errorf("it is not JSON from byte %d on", syntax.Offset)
	}
	return err
}

// ParseRealisation reads a realisation as JSON writes it. The id is zero if the text has
// none, as those of later versions in binary caches.
func ParseRealisation(dir storepath.Dir, text string) (*Realisation, error) {
	var data struct {
		ID         *string  `json:"id"`
		OutPath    *string  `json:"outPath"`
		Signatures []string `json:"signatures"`
	}
	if err := json.Unmarshal([]byte(text), &data); err != nil {
		return nil, fmt.Errorf("a realisation cannot be read: %w", notRealisation(err))
	}
	if data.OutPath == nil {
		return nil, errors.New("a realisation lacks the path of its output")
	}
	var id OutputID
	if data.ID != nil {
		var err error
		if id, err = ParseOutputID(*data.ID); err != nil {
			return nil, err
		}
	}
	p, err := storepath.ParseBase(*data.OutPath)
	if err != nil {
		return nil, err
	}
	for _, sig := range data.Signatures {
		if strings.ContainsAny(sig, " \t\n") {
			return nil, fmt.Errorf("signature %q is corrupt", sig)
		}
	}
	r := &Realisation{ID: id, Path: dir.Text(p)}
	if len(data.Signatures) > 0 {
		slices.Sort(data.Signatures)
		r.Signatures = slices.Compact(data.Signatures)
	}
	return r, nil
}

// A ConflictError says that an output has another path already.
type ConflictError struct {
	ID         OutputID
	Known, New string // paths
}

func (e *ConflictError) Error() string {
	return fmt.Sprintf("Trying to register a realisation of '%s', but we already have another one locally.\nLocal:  %s\nRemote: %s", e.ID, e.Known, e.New)
}

// OutputIDs returns the ids of the outputs of a derivation, by their names. lookup is as for
// OutputHash; nil reads the derivations of s.
func OutputIDs(ctx context.Context, s Store, d *drv.Derivation, lookup drv.Lookup) (map[string]OutputID, error) {
	if lookup == nil {
		lookup = NewLookup(ctx, s)
	}
	text, err := d.OutputHash(lookup)
	if err != nil {
		return nil, err
	}
	hash, err := nixhash.ParseDigest(text, nixhash.SHA256)
	if err != nil {
		return nil, err
	}
	ids := make(map[string]OutputID, len(d.Outputs))
	for i := range d.Outputs {
		ids[d.Outputs[i].Name] = OutputID{hash, d.Outputs[i].Name}
	}
	return ids, nil
}

// NewLookup returns a drv.Lookup that reads derivations of s, each once. It is for one
// goroutine.
func NewLookup(ctx context.Context, s Store) drv.Lookup {
	known := map[string]*drv.Modulo{}
	var lookup drv.Lookup
	lookup = func(path string) (*drv.Modulo, error) {
		if m := known[path]; m != nil {
			return m, nil
		}
		d, err := ReadDerivation(ctx, s, path)
		if err != nil {
			return nil, err
		}
		m, err := d.Modulo(lookup)
		known[path] = m
		return m, err
	}
	return lookup
}

// OutputPaths returns the paths of the outputs of the derivation at a valid path, by their
// names: "" for one whose path is not known, since it follows from contents that the store
// has not seen yet.
func OutputPaths(ctx context.Context, s Store, drvPath string) (map[string]string, error) {
	d, err := ReadDerivation(ctx, s, drvPath)
	if err != nil {
		return nil, err
	}
	return KnownOutputs(ctx, s, d)
}

// KnownOutputs is OutputPaths for a derivation that was read.
func KnownOutputs(ctx context.Context, s Store, d *drv.Derivation) (map[string]string, error) {
	paths := make(map[string]string, len(d.Outputs))
	all := true
	for i := range d.Outputs {
		o := &d.Outputs[i]
		paths[o.Name] = o.Path
		all = all && o.Path != ""
	}
	known := s.Realisations()
	if all || known == nil {
		return paths, nil
	}
	ids, err := OutputIDs(ctx, s, d, nil)
	if err != nil {
		return nil, err
	}
	for name, id := range ids {
		if paths[name] != "" {
			continue
		}
		r, err := known.Realisation(ctx, id)
		if err != nil {
			return nil, err
		}
		if r != nil {
			paths[name] = r.Path
		}
	}
	return paths, nil
}

// An UnknownOutputError says that the path of an output is not known, since the derivation
// was not built yet.
type UnknownOutputError struct{ Drv, Output string }

func (e *UnknownOutputError) Error() string {
	return fmt.Sprintf("cannot operate on output '%s' of the unbuilt derivation '%s'", e.Output, e.Drv)
}
