//! Reads the source of a crate: its modules, and where a path in one of them leads.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use quote::ToTokens;
use syn::punctuated::Punctuated;
use syn::{Attribute, Item, Meta, Token, UseTree, Visibility};

/// All modules of a crate; the first is the crate itself.
pub struct Crate {
    /// Where its `lib.rs` stands.
    root: PathBuf,
    name: &'static str,
    pub modules: Vec<Module>,
}

pub struct Module {
    /// `layer::conv`; of the crate itself nothing.
    pub path: String,
    pub file: PathBuf,
    /// What is in it, tests left out; of modules among it see `children`.
    pub items: Vec<Item>,
    /// What it imports.
    pub imports: Vec<Import>,
    parent: usize,
    pub children: BTreeMap<String, usize>,
}

/// One name of a `use`.
#[derive(Clone)]
pub struct Import {
    pub path: Vec<String>,
    /// What it is called here; `None` where all names are taken.
    pub name: Option<String>,
    pub visibility: Visibility,
    /// The whole of the `use`.
    pub item: String,
}

/// Where a path leads within the crate.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    Module(usize),
    /// An item of a module.
    Item(usize, String),
}

impl Crate {
    /// Reads a crate of this repository, by its folder.
    pub fn read(folder: &str, name: &'static str) -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(folder).join("src");
        let mut source = Crate { root: root.clone(), name, modules: Vec::new() };
        let file = root.join("lib.rs");
        let items = parsed(&file);
        source.add(String::new(), file, &root, items, 0);
        source
    }

    fn add(&mut self, path: String, file: PathBuf, folder: &Path, items: Vec<Item>, parent: usize) {
        let index = self.modules.len();
        let is_tested = |item: &Item| !is_left_out(attributes(item));
        let items: Vec<Item> = items.into_iter().filter(is_tested).collect();
        let imports = items.iter().flat_map(imports).collect();
        let children = BTreeMap::new();
        self.modules.push(Module { path, file, items, imports, parent, children });
        let inner = self.modules[index].items.iter().filter_map(|item| match item {
            Item::Mod(module) => Some(module.clone()),
            _ => None,
        });
        for module in inner.collect::<Vec<_>>() {
            let name = module.ident.to_string();
            let own = folder.join(&name);
            let (file, items) = match module.content {
                Some((_, items)) => (self.modules[index].file.clone(), items),
                None => {
                    let beside = folder.join(format!("{name}.rs"));
                    let file = if beside.exists() { beside } else { own.join("mod.rs") };
                    (file.clone(), parsed(&file))
                }
            };
            let next = self.modules.len();
            self.modules[index].children.insert(name.clone(), next);
            let front = &self.modules[index].path;
            let path = if front.is_empty() { name } else { format!("{front}::{name}") };
            self.add(path, file, &own, items, index);
        }
    }

    /// A file as this repository names it.
    pub fn file(&self, module: usize) -> String {
        let file = &self.modules[module].file;
        let file = file.strip_prefix(&self.root).expect("a file of the crate");
        file.to_string_lossy().replace('\\', "/")
    }

    /// Where a path in a module leads; `None` where it leaves the crate.
    pub fn resolve(&self, module: usize, path: &[String]) -> Option<Target> {
        self.follow(module, path, &mut Vec::new())
    }

    fn follow(
        &self,
        module: usize,
        path: &[String],
        asked: &mut Vec<(usize, String)>,
    ) -> Option<Target> {
        let (first, mut rest) = path.split_first()?;
        let mut target = match first.as_str() {
            "crate" => Target::Module(0),
            "self" => Target::Module(module),
            "super" => Target::Module(self.modules[module].parent),
            name if name == self.name && module != 0 => Target::Module(0),
            name => self.named(module, name, asked)?,
        };
        while let (Target::Module(inside), Some((name, behind))) = (&target, rest.split_first()) {
            target = match name.as_str() {
                "super" => Target::Module(self.modules[*inside].parent),
                name => self.named(*inside, name, asked)?,
            };
            rest = behind;
        }
        Some(target)
    }

    /// What a name means in a module.
    fn named(&self, module: usize, name: &str, asked: &mut Vec<(usize, String)>) -> Option<Target> {
        let question = (module, name.to_owned());
        if asked.contains(&question) {
            return None;
        }
        asked.push(question);
        let found = self.own(module, name).or_else(|| {
            let imports = &self.modules[module].imports;
            let named = imports.iter().filter(|import| import.name.as_deref() == Some(name));
            named.clone().find_map(|import| self.follow(module, &import.path, asked)).or_else(
                || {
                    let globs = imports.iter().filter(|import| import.name.is_none());
                    globs.clone().find_map(|import| {
                        match self.follow(module, &import.path, asked)? {
                            Target::Module(inside) => self.named(inside, name, asked),
                            Target::Item(..) => None,
                        }
                    })
                },
            )
        });
        asked.pop();
        found
    }

    fn own(&self, module: usize, name: &str) -> Option<Target> {
        if let Some(&child) = self.modules[module].children.get(name) {
            return Some(Target::Module(child));
        }
        let is_it = |item: &Item| match ident(item) {
            Some(ident) => ident == name,
            // What a macro of the module's own writes has a name that it is given.
            None => matches!(item, Item::Macro(call) if names(&call.mac.tokens, name)),
        };
        let is_there = self.modules[module].items.iter().any(is_it);
        is_there.then(|| Target::Item(module, name.to_owned()))
    }
}

fn names(tokens: &proc_macro2::TokenStream, name: &str) -> bool {
    tokens.clone().into_iter().any(|token| match token {
        proc_macro2::TokenTree::Ident(ident) => ident == name,
        proc_macro2::TokenTree::Group(group) => names(&group.stream(), name),
        _ => false,
    })
}

fn parsed(file: &Path) -> Vec<Item> {
    let text =
        fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    syn::parse_file(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display())).items
}

/// Whether an item is of tests alone, or of a build without a feature.
pub fn is_left_out(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| match &attribute.meta {
        Meta::List(list) if list.path.is_ident("cfg") => {
            let condition = list.tokens.to_string();
            condition == "test" || condition.starts_with("not")
        }
        _ => false,
    })
}

pub fn is_hidden(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| match &attribute.meta {
        Meta::List(list) if list.path.is_ident("doc") => list
            .parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated)
            .is_ok_and(|words| words.iter().any(|word| word.path().is_ident("hidden"))),
        _ => false,
    })
}

pub fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Union(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

/// The name of an item that has one and is no module.
pub fn ident(item: &Item) -> Option<&syn::Ident> {
    match item {
        Item::Const(item) => Some(&item.ident),
        Item::Enum(item) => Some(&item.ident),
        Item::Fn(item) => Some(&item.sig.ident),
        Item::Macro(item) => item.ident.as_ref(),
        Item::Static(item) => Some(&item.ident),
        Item::Struct(item) => Some(&item.ident),
        Item::Trait(item) => Some(&item.ident),
        Item::Type(item) => Some(&item.ident),
        Item::Union(item) => Some(&item.ident),
        _ => None,
    }
}

fn imports(item: &Item) -> Vec<Import> {
    let Item::Use(item) = item else { return Vec::new() };
    let mut imports = Vec::new();
    if item.leading_colon.is_none() {
        let start = Import {
            path: Vec::new(),
            name: None,
            visibility: item.vis.clone(),
            item: item.to_token_stream().to_string(),
        };
        leaves(&item.tree, start, &mut imports);
    }
    imports
}

fn leaves(tree: &UseTree, mut front: Import, imports: &mut Vec<Import>) {
    let mut leaf = |mut front: Import, ident: &syn::Ident, name: &syn::Ident| {
        if ident == "self" {
            front.name = front.path.last().cloned();
        } else {
            front.path.push(ident.to_string());
            front.name = Some(name.to_string());
        }
        if ident == "self" && name != "self" {
            front.name = Some(name.to_string());
        }
        imports.push(front);
    };
    match tree {
        UseTree::Path(path) => {
            front.path.push(path.ident.to_string());
            leaves(&path.tree, front, imports);
        }
        UseTree::Name(name) => leaf(front, &name.ident, &name.ident),
        UseTree::Rename(rename) => leaf(front, &rename.ident, &rename.rename),
        UseTree::Glob(_) => imports.push(front),
        UseTree::Group(group) => {
            group.items.iter().for_each(|tree| leaves(tree, front.clone(), imports));
        }
    }
}
