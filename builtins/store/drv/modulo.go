package drv

// This file defines the hash modulo and the paths that follow from it.
//
// The path of an input-addressed output depends on all that goes into its build, but not on how a fixed output among
// the inputs is made. So it comes from the hash of an ATerm in which each input is replaced by its own such hash, and by
// a hash of the contents if it is fixed. Inputs that are then equal become one, with the outputs of both.

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"slices"
	"strings"
	"sync"

	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/eval/budget"
)

// A Modulo is what a derivation contributes to the hashes of its dependants.
type Modulo struct {
	Hash     string   // in base16
	Deferred bool     // the output paths are not known, nor are those of dependants
	Outputs  []string // names
}

// A Lookup returns the Modulo of the derivation with that path. The caller keeps the Modulos of what it has
// instantiated, and for other paths reads the .drv file and calls Derivation.Modulo.
type Lookup func(drvPath string) (*Modulo, error)

// FillOutputs computes the paths of Deferred and Fixed outputs and puts them in the environment; outputs that stay
// unknown because of their inputs stay Deferred. An output's variable must be absent, empty or right. Floating and Impure
// outputs get the placeholder.
func (d *Derivation) FillOutputs(dir storepath.Dir, lookup Lookup) error {
	kind, err := d.Kind()
	if err != nil {
		return err
	}
	s := d.getScratch()
	defer s.put()
	return d.fill(dir, lookup, kind, s)
}

// Modulo returns what the hashes of dependants take from d, whose outputs must be filled in.
func (d *Derivation) Modulo(lookup Lookup) (*Modulo, error) {
	kind, err := d.Kind()
	if err != nil {
		return nil, err
	}
	s := d.getScratch()
	defer s.put()
	return d.modulo(lookup, kind, s)
}

// Path returns the path of the .drv file of d, whose outputs must be filled in.
func (d *Derivation) Path(dir storepath.Dir) (string, error) {
	s := d.getScratch()
	defer s.put()
	return d.path(dir, s)
}

// Instantiate is FillOutputs, Path and Modulo in one, and faster: the environment is escaped only once.
func (d *Derivation) Instantiate(dir storepath.Dir, lookup Lookup) (path string, m *Modulo, err error) {
	kind, err := d.Kind()
	if err != nil {
		return "", nil, err
	}
	s := d.getScratch()
	defer s.put()
	if err := d.fill(dir, lookup, kind, s); err != nil {
		return "", nil, err
	}
	if path, err = d.path(dir, s); err != nil {
		return "", nil, err
	}
	m, err = d.modulo(lookup, kind, s)
	return path, m, err
}

// A scratch is what one computation needs and the next can use again. The parts of the ATerm are made when first
// needed.
type scratch struct {
	sha      hash.Hash
	large    bool           // nothing of the text is kept
	head     []byte         // as are the other parts of the ATerm, empty if large
	inputs   []byte         // the modulo inputs
	tail     []byte         // masked
	holes    []hole         // in tail
	pairs    []moduloOutput // the modulo inputs, as they are; sorted
	paired   bool           // pairs are there
	deferred bool           // one of the inputs is deferred
	small    []byte
	sum      [sha256.Size]byte
}

// A moduloOutput is an output of an input.
type moduloOutput struct{ hash, output string }

var scratches = sync.Pool{New: func() any { return &scratch{sha: sha256.New()} }}

func getScratch() *scratch { return scratches.Get().(*scratch) }

// getScratch returns a scratch for a computation with d.
func (d *Derivation) getScratch() *scratch {
	s := getScratch()
	s.large = d.isLarge()
	return s
}

// put gives s back for use by other computations.
func (s *scratch) put() {
	s.inputs, s.tail, s.holes = s.inputs[:0], s.tail[:0], s.holes[:0]
	if cap(s.pairs) > 1<<12 {
		s.pairs = nil
	}
	clear(s.pairs)
	s.pairs, s.paired, s.deferred = s.pairs[:0], false, false
	scratches.Put(s)
}

// makePairs makes the modulo inputs. It also runs if there are none, which is cheap.
func (d *Derivation) makePairs(lookup Lookup, s *scratch) error {
	if s.paired {
		return nil
	}
	for i := range d.InputDrvs {
		in := &d.InputDrvs[i]
		m, err := lookup(in.Drv)
		if err == nil {
			err = budget.Tick(d.Budget, 1+len(in.Outputs)>>3)
		}
		if err != nil {
			return err
		}
		if m == nil {
			return errorf("derivation '%s' is not known", in.Drv)
		}
		s.deferred = s.deferred || m.Deferred
		for _, output := range in.Outputs {
			if !m.has(output) {
				return errorf("no hash for output '%s' of derivation '%s'", output, d.Name)
			}
			s.pairs = append(s.pairs, moduloOutput{m.Hash, output})
		}
		// Quirk: what is used of in.Dynamic is not part of the hash.
	}
	s.paired = true
	return d.sortPairs(s.pairs)
}

// has reports whether there is an output of that name.
func (m *Modulo) has(output string) bool {
	if len(m.Outputs) < 16 {
		return slices.Contains(m.Outputs, output)
	}
	_, found := slices.BinarySearch(m.Outputs, output)
	return found
}

// sortPairs sorts the modulo inputs. Few are sorted where they are, without the memory that a stable order takes.
func (d *Derivation) sortPairs(pairs []moduloOutput) error {
	const few = 1 << 10
	if len(pairs) <= few {
		slices.SortFunc(pairs, func(a, b moduloOutput) int {
			return cmp.Or(strings.Compare(a.hash, b.hash), strings.Compare(a.output, b.output))
		})
		return budget.Tick(d.Budget, len(pairs)>>2)
	}
	return budget.SortFunc(d.Budget, pairs, func(a, b moduloOutput) (bool, error) {
		return a.hash < b.hash || a.hash == b.hash && a.output < b.output, nil
	})
}

// moduloInputs prints the modulo inputs.
func (p *printer) moduloInputs(pairs []moduloOutput) {
	var prev moduloOutput
	b := p.b
	for i, pair := range pairs {
		switch {
		case i > 0 && pair == prev:
			continue
		case i > 0 && pair.hash == prev.hash:
			b = append(b, ',')
		default:
			if i > 0 {
				b = append(b, "]),"...)
			}
			b = append(append(append(b, `("`...), pair.hash...), `",[`...)
		}
		p.b = append(append(append(b, '"'), pair.output...), '"')
		if !p.flush() {
			return
		}
		b = p.b
		prev = pair
	}
	if len(pairs) > 0 {
		p.b = append(b, "])"...)
	}
}

// hashText puts the hash of the ATerm with these inputs into s.sum. Masked, what is known of the outputs only later is
// empty.
func (d *Derivation) hashText(s *scratch, masked, modulo bool) error {
	s.sha.Reset()
	if s.large {
		p := printer{b: s.small[:0], emit: func(b []byte) { s.sha.Write(b) }, budget: d.Budget}
		d.head(&p, masked)
		if modulo {
			p.moduloInputs(s.pairs)
		} else {
			p.inputs(d.InputDrvs)
		}
		d.tail(&p, s.holes[:0], masked)
		err := p.end()
		s.small = p.b
		s.sha.Sum(s.sum[:0])
		return err
	}
	p := printer{b: s.head[:0]}
	d.head(&p, masked)
	s.head = p.b
	s.sha.Write(s.head)
	if modulo {
		if len(s.inputs) == 0 {
			p.b = s.inputs
			p.moduloInputs(s.pairs)
			s.inputs = p.b
		}
		s.sha.Write(s.inputs)
	} else {
		p.b = s.small[:0]
		p.inputs(d.InputDrvs)
		s.small = p.b
		s.sha.Write(s.small)
	}
	if len(s.tail) == 0 {
		p.b = s.tail
		s.holes = d.tail(&p, s.holes, true)
		s.tail = p.b
	}
	from := 0
	if !masked {
		for _, h := range s.holes {
			s.sha.Write(s.tail[from:h.at])
			s.small = appendEscaped(s.small[:0], d.Env[h.env].Value)
			s.sha.Write(s.small)
			from = h.at
		}
	}
	s.sha.Write(s.tail[from:])
	s.sha.Sum(s.sum[:0])
	return nil
}

// hashModulo returns the hash of the ATerm with the modulo inputs.
func (d *Derivation) hashModulo(lookup Lookup, s *scratch, masked bool) (string, error) {
	if err := d.makePairs(lookup, s); err != nil {
		return "", err
	}
	err := d.hashText(s, masked, true)
	return hex.EncodeToString(s.sum[:]), err
}

// modulo is Modulo, for outputs of that kind.
func (d *Derivation) modulo(lookup Lookup, kind OutputKind, s *scratch) (*Modulo, error) {
	m := &Modulo{Outputs: make([]string, len(d.Outputs))}
	for i := range d.Outputs {
		m.Outputs[i] = d.Outputs[i].Name
	}
	if kind == Fixed {
		o := &d.Outputs[0]
		b := append(s.small[:0], "fixed:out:"...)
		b = append(o.appendMethodAlgo(b), ':')
		b = append(hex.AppendEncode(b, o.Hash.Bytes()), ':')
		b = append(b, o.Path...)
		s.small = b
		sum := sha256.Sum256(b)
		m.Hash = hex.EncodeToString(sum[:])
		return m, nil
	}
	var err error
	m.Hash, err = d.hashModulo(lookup, s, false)
	m.Deferred = s.deferred || kind == Floating || kind == Impure
	return m, err
}

// path is Path with a scratch.
func (d *Derivation) path(dir storepath.Dir, s *scratch) (string, error) {
	if err := d.hashText(s, false, false); err != nil {
		return "", err
	}
	p, err := dir.MakeTextWithin(d.Budget, d.Name+storepath.DrvExtension, s.sum, d.References())
	if err != nil {
		return "", err
	}
	return dir.Text(p), nil
}

// References returns the paths that the .drv file refers to, sorted: sources and input derivations. Callers must not modify them.
func (d *Derivation) References() []string {
	if len(d.InputDrvs) == 0 {
		return d.InputSrcs
	}
	refs := make([]string, 0, len(d.InputSrcs)+len(d.InputDrvs))
	srcs := d.InputSrcs
	for i := range d.InputDrvs {
		path := d.InputDrvs[i].Drv
		for len(srcs) > 0 && srcs[0] <= path {
			if srcs[0] != path {
				refs = append(refs, srcs[0])
			}
			srcs = srcs[1:]
		}
		refs = append(refs, path)
	}
	return append(refs, srcs...)
}

// fill is FillOutputs, for outputs of that kind.
func (d *Derivation) fill(dir storepath.Dir, lookup Lookup, kind OutputKind, s *scratch) error {
	switch kind {
	case Fixed:
		o := &d.Outputs[0]
		p, err := dir.MakeFixed(storepath.OutputName(d.Name, o.Name), o.Method, o.Hash, storepath.References{})
		if err != nil {
			return err
		}
		o.Path = dir.Text(p)
		return d.fillEnv(o.Name, o.Path)
	case Floating, Impure:
		for i := range d.Outputs {
			if err := d.fillEnv(d.Outputs[i].Name, storepath.OutputPlaceholder(d.Outputs[i].Name)); err != nil {
				return err
			}
			if err := budget.Tick(d.Budget, 1+len(d.Outputs[i].Name)>>9); err != nil {
				return err
			}
		}
		return nil
	}

	// The variables of the outputs must be there before the hash is taken.
	for i := range d.Outputs {
		if _, ok := d.LookupEnv(d.Outputs[i].Name); !ok {
			d.SetEnv(d.Outputs[i].Name, "")
		}
	}
	h, err := d.hashModulo(lookup, s, true)
	if err != nil {
		return err
	}
	for i := range d.Outputs {
		o := &d.Outputs[i]
		if s.deferred {
			if kind == InputAddressed {
				return errorf("derivation has incorrect output '%s', should be deferred", o.Path)
			}
			continue
		}
		p, err := dir.MakeOutput(o.Name, h, d.Name)
		if err == nil {
			err = budget.Tick(d.Budget, 1)
		}
		if err != nil {
			return err
		}
		path := dir.Text(p)
		if kind == InputAddressed && o.Path != path {
			return errorf("derivation has incorrect output '%s', should be '%s'", o.Path, path)
		}
		o.Kind, o.Path = InputAddressed, path
		if err := d.fillEnv(o.Name, path); err != nil {
			return err
		}
	}
	return nil
}

// fillEnv sets the variable of an output, unless it has that value.
func (d *Derivation) fillEnv(output, path string) error {
	i, found := d.findEnv(output)
	switch {
	case !found:
		d.Env = slices.Insert(d.Env, i, EnvVar{output, path})
	case d.Env[i].Value == "":
		d.Env[i].Value = path
	case d.Env[i].Value != path:
		return errorf("derivation has incorrect environment variable '%s', should be '%s' but is actually '%s'",
			output, path, d.Env[i].Value)
	}
	return nil
}
