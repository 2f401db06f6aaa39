// Package datatext writes the pieces of which JSON and XML documents are made, as the
// reference writes them, down to the byte. It knows nothing of values: package format
// says which value is which piece.
//
//	AppendJSONString  a string as a JSON string, in parts if it is long
//	AppendJSONValue   a document of maps and slices
//	AppendJSONFloat   a float as a JSON number, or null
//	UTF8Error         a string that has no JSON text
//	XMLWriter         elements of a document, one on a line
//	AppendXMLValue    the value of an XML attribute, escaped
//	BadXML            a character that XML does not have
//
// # JSON
//
// The reference uses the C++ library nlohmann/json; its words are those of UTF8Error.
//
// # XML
//
// Elements of builtins.toXML and of nix-instantiate --xml, with their attributes and what
// is in them, all inside one element expr:
//
//	int, float, bool, string, path   attribute value
//	null, unevaluated, repeated      nothing
//	list                             its elements
//	attrs                            an attr for each attribute, sorted by name
//	attr                             attributes name and maybe path, line, column; its value
//	derivation                       attributes drvPath and outPath; attr elements, or repeated
//	function                         maybe path, line, column; attrspat or varpat
//	attrspat                         maybe name and ellipsis; an attr for each formal
//	varpat                           attribute name
//
//	w := datatext.NewXMLWriter(nil)
//	w.Open("expr")
//	w.Empty("int", datatext.XMLAttr{Name: "value", Value: "1"})
//	w.Close()
//	text := w.Bytes()
package datatext

// This file defines the package comment.
