// A department that does not exist, the same at every run: communes with names and codes of real ones, streets named as
// French streets are, numbered as they are, in the columns of the Base Adresse Nationale.
//
//   node tests/bench/address_department.mjs ADDRESSES OUTPUT.csv [DEPARTMENT] [COMMUNES]
import { createWriteStream } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const require = createRequire(import.meta.url);
export const HEADER = 'id;id_fantoir;numero;rep;nom_voie;code_postal;code_insee;nom_commune;code_insee_ancienne_commune;nom_ancienne_commune;x;y;lon;lat;type_position;alias;nom_ld;libelle_acheminement;nom_afnor;source_position;source_nom_voie;certification_commune;cad_parcelles';

const words = (text) => text.trim().split(/\s*,\s*/);
const KINDS = ['Rue', 'Rue', 'Rue', 'Rue', 'Rue', 'Rue', 'Chemin', 'Chemin', 'Impasse', 'Impasse', 'Allée', 'Allée', 'Route', 'Avenue', 'Place', 'Boulevard', 'Square', 'Passage', 'Lotissement', 'Résidence', 'Sentier', 'Ruelle', 'Quai', 'Cours', 'Clos', 'Venelle'];
const COMMON = words(`de l'Église, de la Mairie, du Stade, de la Gare, des Écoles, du Moulin, de la Fontaine, du Château, des Lilas, des Rosiers, du Bourg, de la Poste, de la Liberté, de la République, du 8 Mai 1945,
  du 11 Novembre 1918, du 19 Mars 1962, Victor Hugo, Jean Jaurès, Jules Ferry, Pasteur, du Général de Gaulle, du Maréchal Foch, Jean Moulin, des Acacias, des Tilleuls, des Chênes, des Peupliers, du Lavoir, de la Paix, Saint-Martin, Notre-Dame,
  du Docteur Schweitzer, de Verdun, de Bretagne, de Normandie, d'Anjou, du Puits, des Vignes, des Prés, du Four, de la Croix, du Calvaire, Anatole France, Émile Zola, Georges Clemenceau, Gambetta, Voltaire, de l'Abbé Grégoire`);
const NOUNS = words(`Alouettes, Ajoncs, Amandiers, Aubépines, Aulnes, Bergers, Biches, Bleuets, Bouleaux, Bruyères, Buissons, Camélias, Cerisiers, Charmes, Châtaigniers, Clématites, Colombes, Coquelicots, Coteaux, Coudriers, Courlis, Cyprès, Dahlias, Écureuils,
  Églantines, Érables, Étangs, Fauvettes, Fougères, Fresnes, Garennes, Genêts, Glycines, Grillons, Hirondelles, Hortensias, Iris, Jardins, Jonquilles, Lauriers, Lavandières, Libellules, Magnolias, Marronniers, Mésanges, Mimosas, Mouettes, Mûriers, Myosotis,
  Noisetiers, Noyers, Oliviers, Orchidées, Ormes, Pêcheurs, Perdrix, Pinsons, Platanes, Pommiers, Primevères, Quatre Vents, Roseaux, Rouges-Gorges, Saules, Sorbiers, Sources, Tanneurs, Tisserands, Tourterelles, Trois Fontaines, Tulipes, Vanneaux, Vergers, Vignerons, Violettes`);
const PLACES = words(`Bellevue, Beauregard, Beaulieu, Belair, Beausoleil, la Garenne, la Noë, la Haie, la Lande, la Barre, la Bouvraie, la Chauvelière, la Coudraie, la Croix Rouge, la Ferrière, la Forge, la Gaudinière, la Grange, la Guérinière, la Hamonnière, la Maison Neuve,
  la Métairie, la Pierre Blanche, la Rabotière, la Roche, la Saulaie, la Tuilerie, la Vallée, le Bois, le Champ du Puits, le Clos, le Grand Pré, le Moulin Neuf, le Pâtis, le Petit Bois, le Plessis, le Pont, le Tertre, le Val, l'Aubinière, l'Épine, l'Hermitage, l'Ouche, l'Étang,
  les Brosses, les Fontenelles, les Grands Champs, les Landes, les Marais, les Rivières, Mon Repos, Haute-Roche, Basse-Cour, Port Lavigne, Kerlouis, Ker Anna, Villeneuve, Bourgneuf`);
const FIRST = words(`Jean, Pierre, Marie, Louis, Jacques, Paul, André, Marcel, Henri, René, Charles, Émile, Albert, François, Georges, Joseph, Léon, Lucien, Maurice, Michel, Robert, Roger, Simone, Suzanne, Germaine, Louise, Édouard, Eugène, Gabriel, Hélène, Irène, Jeanne, Camille, Claude,
  Daniel, Élisabeth, Fernand, Gaston, Gustave, Hector, Jules, Lazare, Madeleine, Olympe, Rosa, Sophie, Théodore, Victor, Yves, Alphonse, Antoine, Aristide, Auguste, Benoît, Blaise`);
const TITLES = ['', '', '', '', '', '', '', 'du Général ', 'du Maréchal ', 'du Docteur ', 'du Président ', 'de l\'Abbé ', 'du Colonel ', 'du Capitaine ', 'du Commandant ', 'du Professeur ', 'Saint-'];
const SYLLABLES = [words('Bar, Ber, Bou, Bri, Cha, Che, Cor, Da, Del, Du, Fa, Fer, Fou, Gau, Ger, Gi, Gou, Gui, Ha, Jau, La, Le, Li, Lo, Mar, Mau, Mer, Mo, Mou, Na, Pa, Per, Pi, Poi, Ra, Re, Ri, Ro, Rou, Sa, Se, Tan, Tou, Va, Ver, Vi'), words('ba, bi, che, chi, da, de, di, do, fe, ga, ge, gi, la, le, li, lan, lon, man, mi, mon, na, ne, ni, pi, quin, ra, re, ri, ron, san, se, ti, tro, va, vi'), words('card, chet, deau, din, dier, dot, fort, geon, gnon, land, let, lier, lin, loux, mond, neau, net, nier, not, quet, rand, raud, reau, ret, rier, rin, rot, seau, son, teau, tier, tin, ton, vain, vel, vier, zeau')];
const REPETITIONS = ['bis', 'bis', 'bis', 'ter', 'a', 'b', 'c'];

export function numbers(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  return { below: (bound) => Math.floor(next() * bound), chance: (share) => next() < share, pick: (list) => list[Math.floor(next() * list.length)], next };
}

function streetName(random, surname, communes) {
  const kind = random.pick(KINDS);
  const what = random.next();
  if (what < 0.24) return `${kind} ${random.pick(COMMON)}`;
  if (what < 0.42) return `${kind} des ${random.pick(NOUNS)}`;
  if (what < 0.56) {
    const place = random.pick(PLACES);
    if (random.chance(0.4)) return place[0].toUpperCase() + place.slice(1);
    return `${kind} ${place.startsWith('le ') ? 'du ' + place.slice(3) : place.startsWith('les ') ? 'des ' + place.slice(4) : 'de ' + place}`;
  }
  if (what < 0.62) {
    const name = random.pick(communes).nom;
    return `${random.chance(0.6) ? 'Route' : 'Rue'} ${/^[AEIOUYÉÈHÎ]/.test(name) ? "d'" : 'de '}${name}`;
  }
  const title = random.pick(TITLES);
  return `${kind} ${title}${title === 'Saint-' ? random.pick(FIRST) : `${random.chance(0.75) ? random.pick(FIRST) + ' ' : ''}${surname()}`}`;
}

// Calls line(text) for the header and each address.
export function department(count, line, { code = '44', communes: limit = 207, seed = 20261122 } = {}) {
  const random = numbers(seed);
  const communes = require('@etalab/decoupage-administratif/data/communes.json')
    .filter((one) => one.type === 'commune-actuelle' && one.departement === code)
    .sort((left, right) => (right.population ?? 0) - (left.population ?? 0)).slice(0, limit);
  const surname = () => random.pick(SYLLABLES[0]) + (random.chance(0.45) ? random.pick(SYLLABLES[1]) : '') + random.pick(SYLLABLES[2]);
  const people = communes.reduce((sum, one) => sum + (one.population ?? 0), 0);
  line(HEADER);
  let written = 0;
  communes.forEach((commune, index) => {
    const quota = index === communes.length - 1 ? count - written : Math.min(count - written, Math.max(1, Math.round((count * (commune.population ?? 0)) / people)));
    const east = -2.3 + random.next() * 1.3;
    const north = 46.9 + random.next() * 0.9;
    const width = 0.02 + Math.sqrt(quota) / 4000;
    const used = new Set();
    let left = quota;
    while (left > 0) {
      let name = streetName(random, surname, communes);
      while (used.has(name)) name = `${streetName(random, surname, communes)}`;
      used.add(name);
      const houses = Math.min(left, 1 + Math.floor(random.next() ** 2.2 * 38));
      const postal = random.pick(commune.codesPostaux);
      let longitude = east + (random.next() - 0.5) * width;
      let latitude = north + (random.next() - 0.5) * width;
      const angle = random.next() * 6.283;
      let number = random.below(3);
      const metric = /^(Route|Chemin)/.test(name) && random.chance(0.4);
      for (let house = 0; house < houses; house += 1) {
        const repeated = number > 0 && random.chance(0.05);
        if (!repeated) number += metric ? 10 + random.below(60) : 1 + random.below(2);
        longitude += (Math.cos(angle) * 0.00018 + (random.next() - 0.5) * 0.0002) * (number % 2 ? 1 : 1.1);
        latitude += (Math.sin(angle) * 0.00013 + (random.next() - 0.5) * 0.00015);
        line(`${commune.code}_${written};;${number};${repeated ? random.pick(REPETITIONS) : ''};${name};${postal};${commune.code};${commune.nom};;;;;${longitude.toFixed(6)};${latitude.toFixed(6)};entrée;;;;;;;1;`);
        written += 1;
        left -= 1;
      }
    }
  });
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [count, output, code, limit] = process.argv.slice(2);
  const file = createWriteStream(output);
  let part = [];
  department(Number(count), (text) => {
    part.push(text);
    if (part.length === 10000) file.write(part.splice(0).join('\n') + '\n');
  }, { code: code ?? '44', communes: Number(limit ?? 207) });
  file.end(part.join('\n') + '\n');
}
