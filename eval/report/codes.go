package report

// This file defines the codes of errors: the one table of what they are called,
// what they mean, and programs that have them.

import (
	"slices"
	"strings"

	"github.com/firn-lang/firn/lang"
)

// A Code is a kind of error for people and tools. Its name does not change.
type Code struct {
	Name   string // as programs and explain know it, such as "wrong-type"
	Title  string // what it says, in a few words
	Text   string // what it means
	Repair string // what to do about it
	// Example is a program that has this error. Its files, if it needs any, are
	// beside it. "" if no program alone can have it.
	Example string
	Files   map[string]string // contents by name
	Args    []string          // of firn eval, for the example
	look    look              // what the position of the error is about
	atCall  bool              // the call is wrong rather than the function
}

// codes are those of the table, by name.
var codes = func() map[string]*Code {
	out := map[string]*Code{}
	for i := range table {
		out[table[i].Name] = &table[i]
	}
	return out
}()

// Codes returns all codes, sorted by name.
func Codes() []*Code {
	var out []*Code
	for _, c := range codes {
		out = append(out, c)
	}
	slices.SortFunc(out, func(a, b *Code) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// Lookup returns the code of that name; or names that are near, and nil.
func Lookup(name string) (*Code, []string) {
	name = strings.ToLower(strings.TrimSpace(name))
	if c := codes[name]; c != nil {
		return c, nil
	}
	var names, near []string
	for _, c := range Codes() {
		names = append(names, c.Name)
		word, _, _ := strings.Cut(c.Name, "-")
		if len(name) > 2 && (strings.Contains(c.Name, name) || len(lang.Near(name, []string{word})) > 0) {
			near = append(near, c.Name)
		}
	}
	if list := lang.Near(name, names); len(list) > 0 {
		return nil, list
	}
	return nil, near
}

// codeUntrackedFile is a code that no error has from its birth: for evaluations the file
// is missing.
const codeUntrackedFile = "untracked-file"

var table = []Code{
	{
		Name: "syntax", Title: "the text is not a valid Nix expression",
		Text: `The parser found something that cannot stand where it stands. The mark shows where the parser noticed: what is missing
is often at the end of the line before, such as the semicolon after an attribute.`,
		Repair:  `Look at what comes before the mark. Every attribute ends with a semicolon; the elements of a list have nothing between them.`,
		Example: "{\n  a = 1\n  b = 2;\n}",
	},
	{
		Name: "undefined-variable", Title: "a name is not defined here",
		look: lookVar,
		Text: `A variable is used that no let, function argument, rec set or with around it defines. Undefined variables are found before
anything is evaluated, unless a with might define them. The attributes of a set are not variables inside the set, unless
the set is a rec { … }.`,
		Repair:  `Check the spelling; add the name to the arguments of the function, or say where it comes from, as in lib.mkIf.`,
		Example: "let\n  colour = \"red\";\nin\n  color",
	},
	{
		Name: "duplicate-attribute", Title: "an attribute is defined twice",
		Text:    `A set defines each attribute once. Several lines about parts of one attribute are merged: a.b = 1; a.c = 2; is one attribute a.`,
		Repair:  `Remove one of the definitions, or put both into one set.`,
		Example: "{\n  port = 80;\n  port = 8080;\n}",
	},
	{
		Name: "missing-attribute", Title: "a set has no such attribute",
		look: lookSelect,
		Text: `An attribute is selected from a set that does not have it. The set was evaluated, and the name is not in it: the name is
spelled differently, belongs to another set, or is defined only under some condition.`,
		Repair: `Compare the name with the names that the set has. If the attribute may be missing, give a default, x.name or default, or
test for it with x ? name.`,
		Example: "let\n  server = { port = 80; };\nin\n  server.prot",
	},
	{
		Name: "wrong-type", Title: "a value has the wrong type",
		look: lookCall,
		Text: `An operator or builtin got a value of a type that it cannot use, such as a string where it needs an integer. Nix converts
nothing implicitly, except paths and derivations in strings.`,
		Repair: `Find out where the value comes from. toString turns a number into a string, lib.toInt (or builtins.fromJSON) a string into
a number.`,
		Example: "builtins.elemAt [ \"a\" \"b\" ] \"1\"",
	},
	{
		Name: "not-a-function", Title: "a value is called that is not a function",
		look: lookCallee,
		Text: `A function is called by writing its argument after it. Two expressions next to each other are such a call everywhere but
between the elements of a list.`,
		Repair:  `Put a semicolon or an operator between the two expressions; in a list, write parentheses around a call: [ (f x) ].`,
		Example: "let\n  name = \"world\";\nin\n  \"hello \" name",
	},
	{
		Name: "missing-argument", Title: "a required argument is missing",
		atCall:  true,
		Text:    `A function that takes a set, { a, b }:, needs every one of its arguments that has no default.`,
		Repair:  `Add the argument to the call, or give it a default in the function: { a, b ? null }:.`,
		Example: "let\n  greet = { name, greeting }: \"${greeting} ${name}\";\nin\n  greet { name = \"Alice\"; }",
	},
	{
		Name: "unexpected-argument", Title: "a function does not take this argument",
		atCall: true,
		Text: `A function that takes a set, { a, b }:, accepts only the attributes that it names, unless it ends in an ellipsis:
{ a, b, ... }:.`,
		Repair:  `Check the name, or add ... to the function if it should ignore other attributes.`,
		Example: "let\n  greet = { name }: \"hello ${name}\";\nin\n  greet { name = \"Alice\"; nam = \"Bob\"; }",
	},
	{
		Name: "cannot-coerce", Title: "a value cannot be converted to a string",
		look: lookCall,
		Text: `A string was needed, in ${…}, after + or in a builtin. Strings, paths and sets with outPath or __toString (such as
derivations) are converted to strings implicitly; other values are not.`,
		Repair:  `Use toString for a number and concatStringsSep for a list; of a set, select the attribute that you mean.`,
		Example: "let\n  port = 80;\nin\n  \"http://localhost:${port}/\"",
	},
	{
		Name: "cannot-compare", Title: "two values cannot be ordered",
		look:    lookCall,
		Text:    `With < and >, numbers compare with numbers, strings with strings, paths with paths, and lists of these with each other.`,
		Repair:  `Convert one of the values; compare versions, which are strings, with builtins.compareVersions.`,
		Example: "80 < \"443\"",
	},
	{
		Name: "assertion-failed", Title: "an assertion does not hold",
		look:    lookAssert,
		Text:    `The program states a condition, assert condition; …, and the condition is false. Evaluation is meant to end there.`,
		Repair:  `Find out why the condition does not hold: look at the values in it.`,
		Example: "let\n  workers = 0;\nin\n  assert workers > 0; workers",
	},
	{
		Name: "thrown", Title: "the program reports an error",
		Text:    `The program called throw with this message. builtins.tryEval would catch the error.`,
		Repair:  `Read the message; the trace shows what led to it.`,
		Example: "throw \"no such machine\"",
	},
	{
		Name: "aborted", Title: "the program stops the evaluation",
		Text:    `The program called abort with this message, or warned while abort-on-warn is set. Unlike a throw, an abort cannot be caught.`,
		Repair:  `Read the message; the trace shows what led to it.`,
		Example: "abort \"this should never happen\"",
	},
	{
		Name: "infinite-recursion", Title: "a value depends on itself",
		Text: `To evaluate a value, its own value is needed, directly or through other values. The cycle lists the values on the way, in
order. In modules of NixOS and Home Manager, a cycle appears if imports depend on config, or if config decides which options
are defined at all.`,
		Repair: `Break the cycle at one of its values. In modules, use lib.mkIf instead of if, and do not use config in imports; in an
overlay, take what you override from prev (super), not from final (self).`,
		Example: "let\n  width = height * 2;\n  height = width / 2;\nin\n  width",
	},
	{
		Name: "stack-overflow", Title: "calls or values are nested too deeply",
		Text: `A function calls itself without end, works through a list with too many calls inside each other, or a value contains
itself. The trace shows the calls that repeat.`,
		Repair: `Check that the recursion can end: is there a case without a call, and does each call come closer to it? For long lists,
use builtins.foldl', map or genList instead of recursion. --max-call-depth allows more.`,
		Example: "let\n  count = n: 1 + count (n + 1);\nin\n  count 0",
	},
	{
		Name: "division-by-zero", Title: "division by zero",
		look:    lookCall,
		Text:    `The divisor is zero. For floating-point numbers that is an error, too.`,
		Repair:  `Check the divisor first: if n == 0 then … else x / n.`,
		Example: "let\n  machines = [ ];\nin\n  100 / builtins.length machines",
	},
	{
		Name: "integer-overflow", Title: "a number is out of range",
		look:    lookCall,
		Text:    `Integers have 64 bits: -9223372036854775808 to 9223372036854775807. A result outside this range is an error.`,
		Repair:  `Use floating-point numbers, such as 1.0e20.`,
		Example: "9223372036854775807 + 1",
	},
	{
		Name: "out-of-range", Title: "a list or string has no such element",
		look:    lookCall,
		Text:    `An element was asked for that does not exist: the list is shorter than that, or empty.`,
		Repair:  `Indices start at 0. Check builtins.length first.`,
		Example: "builtins.elemAt [ \"a\" \"b\" ] 2",
	},
	{
		Name: "missing-file", Title: "a file does not exist",
		look: lookCall,
		Text: `Nothing exists at this path. A relative path starts at the folder of the file that contains it, not at the current folder;
importing a folder means importing its default.nix.`,
		Repair:  `Check how the path is spelled, and where it starts.`,
		Example: "import ./machines.nix", Files: map[string]string{"machine.nix": "{ }"},
	},
	{
		Name: "untracked-file", Title: "a file exists, but Git does not track it",
		look: lookCall,
		Text: `A tree that is taken from a repository has the files that Git tracks there, and no others. A file that was never added to
Git is not in it, although it is in the folder. The same holds for files that .gitignore names, for what is in submodules
unless they are asked for, and for what .gitattributes marks with export-ignore.`,
		Repair: `git add --intent-to-add FILE (git add -N) lets Git track the file; it need not be committed. A file that is ignored needs
--force (-f) as well. inputs.self.submodules = true in flake.nix adds the submodules of the flake.`,
	},
	{
		Name: "download", Title: "a server did not give what was asked for",
		look: lookCall,
		Text: `Something had to be fetched from a server. The server could not be reached, or it answered with an error; the message has
its answer. Without a token, GitHub answers 60 questions an hour from one address.`,
		Repair: `Check the address and the network. What flake.lock pins, or has been fetched before, needs no server. For more
questions, and for private repositories, set access-tokens in nix.conf: access-tokens = github.com=TOKEN.`,
	},
	{
		Name: "fetch", Title: "a tree of files cannot be fetched",
		look: lookCall,
		Text: `A repository, archive or folder was to be fetched, and was not what it should be: the repository does not exist, or has no
such branch or revision; what was downloaded is no archive.`,
		Repair: `Check the reference: the URL, ref (a branch or tag) and rev (a commit).`,
	},
	{
		Name: "flake-reference", Title: "a reference to a flake cannot be read, or is not known",
		look: lookCall,
		Text: `A flake is referred to by a path, such as ./dir, by a URL, such as github:OWNER/REPO or git+https://HOST/PATH, or by a name that a
registry has, such as nixpkgs. This text is none of these.`,
		Repair:  `Write github:OWNER/REPO, git+https://…, https://… for an archive, or a path that begins with ./ or /.`,
		Example: "builtins.parseFlakeRef \"github:owner\"", Args: []string{"--extra-experimental-features", "flakes"},
	},
	{
		Name: "invalid-flake", Title: "flake.nix is not as it should be",
		Text: `A flake.nix is a set with the attributes description, inputs, outputs and nixConfig. All but outputs are read without evaluation,
so that there can be no functions, variables or operators in them.`,
		Repair: `The message says which attribute is meant. What has to be computed belongs into outputs.`,
	},
	{
		Name: "invalid-lock-file", Title: "flake.lock is not as it should be",
		Text:   `The lock file is damaged, perhaps by a merge in Git, or was written by a newer version.`,
		Repair: `Take it from Git again (git restore flake.lock), or delete it and run firn flake lock, which looks all inputs up again.`,
	},
	{
		Name: "lock-changes", Title: "flake.lock has to change, and must not, or cannot",
		Text: `flake.nix has inputs that flake.lock does not have, or other ones. The lock file is not written, since a flag forbids it, since
the flake is not a folder of this machine, or since an input has no revision that would pin it.`,
		Repair: `Run firn flake lock in the folder of the flake, and commit flake.lock; or pass --no-write-lock-file.`,
	},
	{
		Name: "missing-output", Title: "a flake has no such output",
		Text: `The name behind # is looked for in packages.SYSTEM and legacyPackages.SYSTEM of the flake, and then as it is written. None of these
is there.`,
		Repair: `firn flake show lists what there is. A dot in front (.#.name) takes the name as it is written.`,
	},
	{
		Name: "not-a-flake", Title: "there is no flake.nix",
		Text:   `A flake is a folder with a file flake.nix. Without a reference, the folder here is taken, or one around it up to the repository.`,
		Repair: `Name the folder, as in ./dir#name; firn eval FILE -A NAME evaluates what is no flake.`,
	},
	{
		Name: "search-path", Title: "a name in angle brackets is not in the search path",
		look: lookCall,
		Text: `<nixpkgs> is looked up in the search path: in the entries of -I, then in the environment variable NIX_PATH. No entry has this
name.`,
		Repair:  `Pass -I nixpkgs=/path/to/nixpkgs or set NIX_PATH=nixpkgs=/path/to/nixpkgs; better, import a path that is pinned.`,
		Example: "import <machines>",
	},
	{
		Name: "pure-evaluation", Title: "pure evaluation does not allow it",
		look: lookCall,
		Text: `In pure evaluation the result depends on the program alone: not on files outside the store, the search path, the
environment, the clock, or a download without a hash.`,
		Repair:  `Pass the value as an argument or take it from the same tree; or evaluate without --pure (in Nix: with --impure).`,
		Example: "import <nixpkgs>", Args: []string{"--pure"},
	},
	{
		Name: "restricted", Title: "restricted evaluation does not allow it",
		look:    lookCall,
		Text:    `Restricted evaluation may read only files below the search path, and URLs listed in allowed-uris.`,
		Repair:  `Add the folder with -I, or the URL to allowed-uris.`,
		Example: "builtins.readFile /etc/passwd", Args: []string{"--option=restrict-eval=true"},
	},
	{
		Name: "file", Title: "a file cannot be used",
		look: lookCall,
		Text: `The file exists, but cannot be used as the program wants: it cannot be read, is a folder, or has contents that Nix cannot
hold.`,
		Repair:  `The message says what went wrong.`,
		Example: "builtins.readFile ./.", Files: map[string]string{"a": ""},
	},
	{
		Name: "invalid-json", Title: "a text is not valid JSON",
		look: lookCall,
		Text: `builtins.fromJSON got a text that does not follow the rules of JSON, or holds a number that Nix cannot represent. The message
has the line and column in that text.`,
		Repair:  `Names need double quotes; JSON has no comma after the last element and no comments.`,
		Example: "builtins.fromJSON \"{ \\\"port\\\": 80, }\"",
	},
	{
		Name: "invalid-toml", Title: "a text is not valid TOML",
		look: lookCall,
		Text: `builtins.fromTOML got a text that does not follow the rules of TOML, or holds a value that Nix does not have, such as a date.
The message shows the place in that text.`,
		Repair:  `Strings need quotes in TOML.`,
		Example: "builtins.fromTOML \"name = alice\"",
	},
	{
		Name: "invalid-yaml", Title: "a text is not valid YAML",
		Text: `A file of YAML does not follow the rules of YAML, or has something that no value of Nix is: keys that are not strings, a key
twice, two documents, numbers that do not fit.`,
		Repair: `Put keys and texts with colons or brackets in quotes; check the indentation of the line before.`,
	},
	{
		Name: "invalid-regex", Title: "a regular expression is not valid",
		look: lookCall,
		Text: `builtins.match and split take extended POSIX regular expressions: \d and lazy quantifiers do not exist. In a Nix string a
backslash is written twice.`,
		Repair:  `Write [0-9] for a digit; put a backslash in front of characters that mean something: "\\(".`,
		Example: "builtins.match \"(\" \"text\"",
	},
	{
		Name: "hash-mismatch", Title: "the content does not have the expected hash",
		look: lookCall,
		Text: `The program gives the hash of a file or tree, and the content has another hash: the content changed, or the hash belongs to
something else.`,
		Repair:  `If the content is what you want, put the hash from the message into the program.`,
		Example: "builtins.path {\n  path = ./data;\n  sha256 = \"0000000000000000000000000000000000000000000000000000\";\n}",
		Files:   map[string]string{"data": "text\n"},
	},
	{
		Name: "relative-path", Title: "a path in a string does not start with a slash",
		look: lookCall,
		Text: `A string does not know which file it is in, so that a path in a string has to start with a slash. A path literal, without
quotes, starts at the folder of its file.`,
		Repair:  `Write ./file instead of "file"; for a name that is computed, write ./. + "/${name}" or ./${name}.`,
		Example: "builtins.readFile \"machines.txt\"",
	},
	{
		Name: "invalid-hash", Title: "a text is not a valid hash",
		look: lookCall,
		Text: `A hash is written in base 16, 32 or 64, with its algorithm in front (sha256:…, or sha256-… for base 64) or next to it, and
has the length that belongs to the algorithm.`,
		Repair:  `Copy the whole hash again; nix hash convert and builtins.convertHash convert between the forms.`,
		Example: "builtins.convertHash {\n  hash = \"sha256-abc\";\n  toHashFormat = \"base16\";\n}",
	},
	{
		Name: "invalid-derivation", Title: "a derivation is not valid",
		look: lookCall,
		Text: `A derivation needs name, system and builder. Its name consists of letters, digits and +-._?=; outputs and their hashes have
rules of their own.`,
		Repair:  `The message names the attribute. mkDerivation makes the name of pname and version.`,
		Example: "(derivation {\n  name = \"hello\";\n  system = \"x86_64-linux\";\n}).drvPath",
	},
	{
		Name: "invalid-argument", Title: "a builtin does not accept this argument",
		look: lookCall,
		Text: `The argument has the right type, but not the right contents: an attribute is missing or unknown, lengths differ, a name is
not allowed.`,
		Repair:  `The message says what is wrong; firn doc NAME describes what the builtin takes.`,
		Example: "builtins.replaceStrings [ \"a\" \"b\" ] [ \"c\" ] \"text\"",
	},
	{
		Name: "output-form", Title: "the value cannot be written in this form",
		Text: `Each form of output can hold certain values: JSON has no functions, a TOML document is a set and has no null, an environment
variable is a string, and --write-to writes strings to files with plain names.`,
		Repair:  `Choose another form with --to, or convert the value with --apply.`,
		Example: "{\n  port = null;\n}", Args: []string{"--to=toml"},
	},
	{
		Name: "string-context", Title: "a string must not refer to the store here",
		look: lookCall,
		Text: `A string remembers the store paths that it was made from, so that builds depend on them. That memory cannot be kept here: in
names of attributes, hashes, and files.`,
		Repair:  `builtins.unsafeDiscardStringContext drops the references, if you mean to.`,
		Example: "{ ${builtins.toFile \"name\" \"\"} = 1; }",
	},
	{
		Name: "experimental", Title: "an experimental feature is not enabled",
		look:    lookCall,
		Text:    `The program uses a feature that Nix considers experimental: it may still change, and has to be enabled.`,
		Repair:  `Enable it with --extra-experimental-features NAME.`,
		Example: "[ 3 1 2 ] |> builtins.length",
	},
	{
		Name: "unknown-option", Title: "no module declares this option",
		Text: `A module defines an option that no module declares: the name is spelled differently, belongs to a module that is not
imported, or exists only in another version of the package set.`,
		Repair:  `Look the name up in the list of options; import the module that declares it.`,
		Example: moduleExample("throw \"The option `services.openssh.enabel' does not exist. Definition values:\\n- In `machine.nix': true\""),
	},
	{
		Name: "option-type", Title: "the value of an option has the wrong type",
		Text:    `Options have types, and a module defines this one with a value of another type.`,
		Repair:  `Use a value that the option accepts: true rather than "true", 80 rather than "80", a list with brackets.`,
		Example: moduleExample("throw \"A definition for option `networking.port' is not of type `signed integer'. Definition values:\\n- In `machine.nix': \\\"80\\\"\""),
	},
	{
		Name: "option-conflict", Title: "modules define an option differently",
		Text: `Several modules define an option that takes a single value. Lists and sets are merged; other definitions have to agree, or
one needs priority.`,
		Repair:  `Remove one definition; or use lib.mkForce for the one that should win, or lib.mkDefault for the one that should yield.`,
		Example: moduleExample("throw \"The option `networking.hostName' has conflicting definition values:\\n- In `a.nix': \\\"alice\\\"\\n- In `b.nix': \\\"bob\\\"\""),
	},
	{
		Name: "option-not-set", Title: "an option is used but has no value",
		Text:    `The value of an option is needed that has no default, and no module defines it.`,
		Repair:  `Define the option. The trace shows what needs it: perhaps that part should be disabled.`,
		Example: moduleExample("throw \"The option `users.users.bob.group' is used but not defined.\""),
	},
	{
		Name: "option-read-only", Title: "a read-only option is defined again",
		Text:    `The module that declares the option also defines it. No other module may.`,
		Repair:  `Remove the definition.`,
		Example: moduleExample("throw \"The option `system.build.id' is read-only, but it's set multiple times.\""),
	},
	{
		Name: "module-shape", Title: "a module does not have the form of a module",
		Text: `A module is a set, or a function that returns one. If options or config stands at its top level, all definitions belong into
config; otherwise everything at the top level is a definition.`,
		Repair:  `Move the definitions into config = { … }.`,
		Example: moduleExample("throw \"Module `machine.nix' has an unsupported attribute `services'. This is caused by introducing a top-level `config' or `options' attribute.\""),
	},
	{
		Name: "module-argument", Title: "a module takes an argument that does not exist",
		Text: `A module is a function of config, lib, pkgs and a few more. Any other argument has to be passed to all modules, with
specialArgs or _module.args.`,
		Repair: `Pass it: specialArgs = { inherit inputs; }; for nixosSystem, extraSpecialArgs for Home Manager. An argument that imports
depend on has to be in specialArgs.`,
		Example: moduleExample("let args = { }; in builtins.addErrorContext \"while evaluating the module argument `inputs' in `machine.nix':\" args.inputs"),
	},
	{
		Name: "failed-assertions", Title: "the configuration contradicts itself",
		Text:    `Modules check whether their options fit together, and a check failed. Each message says which one, and usually what to do.`,
		Repair:  `Change the options that the messages name.`,
		Example: moduleExample("throw \"\\nFailed assertions:\\n- You must set the option boot.loader.grub.device.\""),
	},
	{
		Name: codeRefusedPackage, Title: "nixpkgs does not allow a package",
		Text:    `By its settings, nixpkgs evaluates no package that is unfree, marked as broken or insecure, or made for other systems. The message says which of these it is.`,
		Repair:  `Allow it in the config that nixpkgs is imported with, such as import <nixpkgs> { config.allowUnfree = true; }, or with nixpkgs.config in NixOS; or use another package.`,
		Example: "throw \"Package ‘unrar-5.5.8’ in /nixpkgs/pkgs/tools/archivers/unrar/default.nix:39 has an unfree license (‘unfreeRedistributable’), refusing to evaluate.\"",
	},
	{
		Name: "limit", Title: "the evaluation reached a limit",
		Text:    `Steps, memory and time of an evaluation can be limited. This one needs more, or never ends.`,
		Repair:  `Raise the limit if that is expected; otherwise use the trace to find what does not end.`,
		Example: "let f = n: [ n ] ++ f (n + 1); in builtins.foldl' (a: b: a + b) \"\" (builtins.genList (x: \"0123456789\") 900000000000)",
	},
	{
		Name: "interrupted", Title: "the evaluation was interrupted",
		Text:   `The user stopped the evaluation with Ctrl-C, or the program that embeds the evaluator did.`,
		Repair: `Nothing has to be repaired.`,
	},
	{
		Name: "selection-path", Title: "an attribute path cannot be read",
		Text:    `The path that says what to select, as in -A a.b.0, has an empty name or a quote without its partner.`,
		Repair:  `Separate the names by single dots, and write quotes around a name that has a dot in it: -A 'a."b.c"'.`,
		Example: "{\n  server.port = 80;\n}", Args: []string{"-A", "server..port"},
	},
	{
		Name: "not-utf8", Title: "a string is not UTF-8",
		look: lookCall,
		Text: `Nix strings hold any bytes but zero; JSON and most other forms of output hold text in UTF-8 only. The string comes from a file
in another encoding, or was cut inside a character.`,
		Repair:  `Convert the file to UTF-8; cut strings with lib functions that know where characters end.`,
		Example: "builtins.toJSON (builtins.substring 0 1 \"é\")",
	},
	{
		Name: "store-path", Title: "a path is not a usable store path",
		look: lookCall,
		Text: `A path in the store was needed, and this one lies elsewhere, does not exist in the store, or is of another kind, such as a
file where a derivation is expected. Without --read-write-mode, firn computes store paths but writes nothing.`,
		Repair:  `Check where the path comes from; builtins.path and ${./file} copy files to the store.`,
		Example: "builtins.storePath /etc/hosts",
	},
	{
		Name: "not-supported", Title: "firn cannot do this yet",
		look: lookCall,
		Text: `The program needs to build or run something during evaluation, or to fetch in a way that is not supported, or where the
program around has no capability to fetch.`,
		Repair: `Download it first, and use the path of the result: -I NAME=PATH replaces a download. What an expression imports from a
derivation is built by firn eval --store auto, in the store of the machine, or in that of --store DIR.`,
		Example: "builtins.fetchurl \"ftp://example.org/file\"",
	},
	{
		Name: "disallowed-literal", Title: "a setting forbids this literal",
		Text:    `URLs without quotes, absolute paths and paths that start with ~ are legal, but a setting whose name starts with lint forbids them.`,
		Repair:  `Write a URL as a string with quotes, and a path relative to the file; or change the setting that the message names.`,
		Example: "https://example.org/", Args: []string{"--option=lint-url-literals=fatal"},
	},
	{
		Name: "decode-type", Title: "a value has the wrong type for the program that reads it",
		Text: `The program around wants another type of value here: its settings, say, have a number where the file has a string. The message says
which Go type it decodes the value into.`,
		Repair: `Write a value of the type that the message wants.`,
	},
	{
		Name: "decode-range", Title: "a value does not fit",
		Text: `The value has the right type, but is too large or too small for the program around: a port beyond 65535, say, or a list of another
length.`,
		Repair: `Write a value that fits.`,
	},
	{
		Name: "decode-text", Title: "a text is not what the program around expects",
		Text:   `The program around reads this text as something else, such as a duration, an address or a level, and does not understand it.`,
		Repair: `The message says what is wrong with the text; "1h30m" is a duration.`,
	},
	{
		Name: "decode-missing", Title: "an attribute is missing that the program around needs",
		Text:   `The program around cannot do without this attribute. It is not there, or null.`,
		Repair: `Add the attribute; or correct its name, if it is there under a similar one.`,
	},
	{
		Name: "decode-unknown", Title: "the program around has no use for an attribute",
		Text: `The program around knows all attributes that there can be, and this is none of them. Mostly it is a misspelled one, which would
have no effect.`,
		Repair: `Correct the name, or remove the attribute.`,
	},
	{
		Name: "decode-target", Title: "nothing can be decoded into this Go type",
		Text: `The program around asks for a Go type that no value of Nix can become, such as a channel, a map with numbers as keys, or a struct two
fields of which have one name.`,
		Repair: `Change the Go type; go doc eval.Decode lists what it can be.`,
	},
	{
		Name: "decode-refused", Title: "the program around does not accept a value",
		Text:   `A rule of the program around forbids this value; the message is its own.`,
		Repair: `The message says what is wrong with the value.`,
	},
	{
		Name: "host", Title: "something outside the evaluator failed",
		look: lookCall,
		Text: `A function, file system or store of the program that embeds the evaluator returned an error; in the command firn, input or
output failed.`,
		Repair: `The message comes from there, and says what went wrong.`,
	},
	{
		Name: "panic", Title: "the program that embeds the evaluator has a fault",
		look: lookCall,
		Text: `A function, file system, store or other Go code of the program around panicked while the evaluation called it.`,
		Repair: `The Go stack is in the *eval.PanicError that is the cause of the error. The fault is in the code that it names first below the
call of panic.`,
	},
	{
		Name: "internal", Title: "firn itself has a fault",
		Text:   `The evaluator came to a state that should be impossible. The program may be right or wrong.`,
		Repair: `Please report the message together with the smallest program that shows it.`,
	},
}

// moduleExample returns a program that fails as a module system does: the
// examples do not need one.
func moduleExample(text string) string {
	return "# " + "what a module system does, in short:\n" + text
}
